-- Where Midjourney's tasks of a service are; "" where they are at its own address.

ALTER TABLE service ADD COLUMN midjourney_address TEXT NOT NULL DEFAULT '';
