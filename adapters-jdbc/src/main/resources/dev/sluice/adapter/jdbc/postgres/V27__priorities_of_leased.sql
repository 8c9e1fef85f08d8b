-- As for the deliveries that wait.
alter table leased add column priority smallint;
