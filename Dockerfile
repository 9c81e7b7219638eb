# syntax=docker/dockerfile:1
# One image a part: docker build --build-arg PART=planner-service -t taskweaver/planner-service:0.1.0 .
# Parts: planner-service, executor-service, interface-service, context-service, cli.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -DskipTests -Dspotless.check.skip \
      -pl planner-service,executor-service,interface-service,context-service,cli -am package \
    && for part in planner-service executor-service interface-service context-service; do \
         mkdir -p "/parts/$part" && cp -r "$part/target/quarkus-app/." "/parts/$part/" \
         && ln -s quarkus-run.jar "/parts/$part/app.jar"; \
       done \
    && mkdir -p /parts/cli && cp -r cli/target/lib /parts/cli/lib && cp cli/target/cli.jar /parts/cli/app.jar

FROM eclipse-temurin:25-jre
ARG PART
RUN mkdir /state && chown 10001:0 /state
WORKDIR /app
COPY --from=build /parts/${PART}/ ./
USER 10001
ENV QUARKUS_HTTP_HOST=0.0.0.0
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
