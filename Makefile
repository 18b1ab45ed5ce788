.PHONY: verify test format matrix demo cli clean

verify: ## every gate and every test
	./mvnw verify

test: ## the tests, without packaging
	./mvnw test

format: ## what the formatter would complain about
	./mvnw -q spotless:apply

matrix: ## the tests on PostgreSQL 14 to 18
	./mvnw test -Ppg-matrix

demo: ## the demo application on an embedded PostgreSQL
	./mvnw -q -Pdemo

cli: ## the runnable command line, in migrator-core/target
	./mvnw -q package -DskipTests -pl migrator-core

clean:
	./mvnw -q clean
