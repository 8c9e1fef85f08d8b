-- Keys of those who call, without their secrets. Times are nanoseconds since 1970. types holds
-- patterns with commas between them, and is empty for any type.
create table access_key (
  id             text    primary key,
  owner          text    not null,
  role           text    not null,
  types          text    not null,
  hides_payloads integer not null,
  secret_hash    text    not null,
  created_at     integer not null,
  expires_at     integer,
  revoked_at     integer,
  last_used_at   integer
) strict, without rowid;
