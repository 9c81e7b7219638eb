# One image a part, each a target: planner-service, executor-service, interface-service, context-service, cli.
# deploy/build-images builds all of them. Needs BuildKit.
#
# Base images are arguments, so that a digest or a company's own can be named. The executor's has a JDK (it compiles
# contracts, and holds the simulated agent) and Git (agents work in work trees); so has the context service's, which merges with Git.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre
ARG EXECUTOR_IMAGE=eclipse-temurin:25-jdk

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
ARG MVNW_REPOURL
ARG MODULES=planner-service,executor-service,interface-service,context-service,cli
# Whether the code is right is for verify to say.
ARG OPTIONS="-DskipTests -Dspotless.check.skip -Derrorprone.plugin="
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY deploy/container/maven deploy/container/
COPY access/pom.xml access/
COPY agents/pom.xml agents/
COPY bench/pom.xml bench/
COPY cli/pom.xml cli/
COPY client/pom.xml client/
COPY code/pom.xml code/
COPY context-service/pom.xml context-service/
COPY contexts/pom.xml contexts/
COPY contracts/pom.xml contracts/
COPY e2e-tests/pom.xml e2e-tests/
COPY examples/library/pom.xml examples/library/
COPY executor-service/pom.xml executor-service/
COPY formats/pom.xml formats/
COPY interface-service/pom.xml interface-service/
COPY model/pom.xml model/
COPY planner-service/pom.xml planner-service/
COPY prompts/pom.xml prompts/
COPY reports/pom.xml reports/
COPY requirements/pom.xml requirements/
COPY runtime/pom.xml runtime/
COPY scheduling/pom.xml scheduling/
COPY schemas/pom.xml schemas/
COPY standalone/pom.xml standalone/
COPY wire/pom.xml wire/
# Poms before sources: building one empty class a module fetches everything, and is done again only when a pom changes.
RUN --mount=type=secret,id=ca --mount=type=secret,id=maven-settings \
    for pom in */pom.xml; do \
      mkdir -p "${pom%/*}/src/main/java/empty" && echo 'package empty; class Empty {}' >"${pom%/*}/src/main/java/empty/Empty.java"; \
    done \
    && mkdir -p schemas/src/main/avro/enums schemas/src/main/avro/types \
    && deploy/container/maven $OPTIONS -pl "$MODULES" -am package \
    && rm -rf */src */target

COPY . .
RUN --mount=type=secret,id=ca --mount=type=secret,id=maven-settings \
    deploy/container/maven $OPTIONS -pl "$MODULES" -am package \
    # Libraries apart: they are a layer that stays the same when only our code changes.
    && for part in planner-service executor-service interface-service context-service; do \
         mkdir -p "/parts/$part" "/libraries/$part" \
         && mv "$part/target/quarkus-app/lib" "/libraries/$part/" \
         && mv "$part"/target/quarkus-app/* "/parts/$part/" \
         && ln -s quarkus-run.jar "/parts/$part/app.jar"; \
       done \
    && mkdir -p /parts/cli /libraries/cli \
    && mv cli/target/lib /libraries/cli/ && mv cli/target/cli.jar /parts/cli/app.jar

FROM ${RUNTIME_IMAGE} AS runtime
RUN mkdir -p /state /app/lib/ext && chown 10001:0 /state
WORKDIR /app
COPY deploy/container/healthcheck /usr/local/bin/
USER 10001
# Runs on a read-only root: what it writes goes to /tmp and /state.
ENV HOME=/tmp QUARKUS_HTTP_HOST=0.0.0.0 MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dtaskweaver.home=/app", "-jar", "app.jar"]

FROM runtime AS planner-service
COPY --from=build /libraries/planner-service/ ./
COPY --from=build /parts/planner-service/ ./
EXPOSE 8101
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 CMD ["healthcheck", "8101"]

FROM runtime AS interface-service
COPY --from=build /libraries/interface-service/ ./
COPY --from=build /parts/interface-service/ ./
EXPOSE 8103
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 CMD ["healthcheck", "8103"]

FROM runtime AS cli
COPY --from=build /libraries/cli/ ./
COPY --from=build /parts/cli/ ./

FROM ${EXECUTOR_IMAGE} AS with-git
COPY deploy/container/install-git /tmp/
RUN --mount=type=secret,id=ca /tmp/install-git && rm /tmp/install-git && mkdir -p /state /app/lib/ext && chown 10001:0 /state
WORKDIR /app
COPY deploy/container/healthcheck /usr/local/bin/
USER 10001
ENV HOME=/tmp QUARKUS_HTTP_HOST=0.0.0.0 MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dtaskweaver.home=/app", "-jar", "app.jar"]

# Merges with Git.
FROM with-git AS context-service
ENV TASKWEAVER_CONTEXT_SERVICE_CODE_DIR=/state/code
COPY --from=build /libraries/context-service/ ./
COPY --from=build /parts/context-service/ ./
EXPOSE 8104
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 CMD ["healthcheck", "8104"]

FROM with-git AS executor-service
ENV TASKWEAVER_EXECUTOR_CODE=/tmp/code
ENV TASKWEAVER_EXECUTOR_SETUP_CACHE=/tmp/setups
COPY --from=build /libraries/executor-service/ ./
COPY --from=build /parts/executor-service/ ./
EXPOSE 8102
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 CMD ["healthcheck", "8102"]
