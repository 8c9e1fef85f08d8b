-- Token buckets of subscriptions with a rate limit. A full one has no row. drawn: by the last draw.
-- Losing them in a crash fills them, so they need no log; half of each page stays free, so that
-- frequent updates remain in place.
create unlogged table rate_bucket (
  subscription text collate "C" primary key,
  per_second   double precision not null,
  burst        integer          not null,
  tokens       double precision not null,
  drawn        integer          not null,
  filled_at    bigint           not null
) with (fillfactor = 50);
