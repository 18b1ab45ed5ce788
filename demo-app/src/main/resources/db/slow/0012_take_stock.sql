-- Takes its time. It is here to be watched on the dashboard while it runs: DEMO_SLOW=true ./mvnw -q -Pdemo
CREATE TABLE stock (article text PRIMARY KEY, pieces integer NOT NULL);

SELECT pg_sleep(20);
