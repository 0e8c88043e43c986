-- How far those are who make something of events: they have had all up to this place.
CREATE TABLE event_cursor (
    consumer text PRIMARY KEY,
    position bigint NOT NULL
);
