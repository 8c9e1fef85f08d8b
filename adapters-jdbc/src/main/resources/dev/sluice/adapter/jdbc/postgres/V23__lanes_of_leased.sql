-- As for the deliveries that wait.
alter table leased add column lane text collate "C", add column lane_position bigint;
