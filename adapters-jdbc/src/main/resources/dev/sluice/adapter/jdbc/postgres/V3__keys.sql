-- Keys of those who call, without their secrets. Times are nanoseconds since 1970. types holds
-- patterns with commas between them, and is empty for any type.
create table access_key (
  id             text collate "C" primary key,
  owner          text     not null,
  role           text     not null,
  types          text     not null,
  hides_payloads smallint not null,
  secret_hash    text     not null,
  created_at     bigint   not null,
  expires_at     bigint,
  revoked_at     bigint,
  last_used_at   bigint
);
