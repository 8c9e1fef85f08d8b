-- Names the kind of a dead letter's error; see ErrorFingerprint. Dead letters from before are filled
-- in when the storage is opened.
alter table finished add column fingerprint bigint;

create index finished_by_error on finished (fingerprint, seq, finished_at) where status = 2;
