package io.taskweaver.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.metrics.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the compose file and the manifests name has to exist in the code. */
class DeploymentTest {
    private static final List<String> SERVICES = List.of("planner", "executor", "interface", "context");
    private static final Manifest COMPOSE =
            Manifest.all(Code.ROOT.resolve("docker-compose.yml")).getFirst();
    private static final List<Manifest> KUBERNETES = Manifest.allIn(Code.ROOT.resolve("deploy/kubernetes"));
    private static final String DOCKERFILE = Code.text(Code.ROOT.resolve("Dockerfile"));
    private static final Pattern METRIC = Pattern.compile("\\btaskweaver(?:_[a-z]+)+\\b");
    private static final Pattern BACK_QUOTED = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

    @ParameterizedTest
    @ValueSource(strings = {"planner", "executor", "interface", "context"})
    void compose_sets_only_settings_that_the_service_has(String service) {
        assertThat(environmentOf(service))
                .containsAll(
                        COMPOSE.at("services", service, "environment").keys().toList());
    }

    @Test
    void kubernetes_sets_only_settings_that_some_service_has() {
        var known = SERVICES.stream()
                .flatMap(service -> environmentOf(service).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known)
                .containsAll(kind("ConfigMap").getFirst().at("data").keys().toList());
    }

    @Test
    void a_setting_that_no_service_has_would_be_noticed() {
        assertThat(Code.environmentOf("planner-service"))
                .contains("TASKWEAVER_PLANNER_STATE_DIR", "KAFKA_BOOTSTRAP_SERVERS", "TASKWEAVER_REGISTRY_URL")
                .contains("TASKWEAVER_TICKET_KEY")
                .doesNotContain("TASKWEAVER_PLANNER_STATE_DIRECTORY", "TASKWEAVER_EXECUTOR_SLOTS");
        assertThat(Code.environmentOf("executor-service"))
                .contains("TASKWEAVER_AGENT_CODEGEN_TOKEN", "TASKWEAVER_AGENT_SIMULATED_URL")
                .doesNotContain("TASKWEAVER_TICKET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"planner", "executor", "interface", "context"})
    void every_port_is_the_one_that_the_service_listens_on(String service) {
        var port = Code.portOf(module(service));
        for (var published : COMPOSE.at("services", service, "ports").items())
            assertThat(published.text()).isEqualTo("127.0.0.1:" + port + ":" + port);
        var container = container(service);
        assertThat(container.at("ports", 0, "containerPort").text()).isEqualTo(port);
        assertThat(named("Service", service).at("spec", "ports", 0, "port").text())
                .isEqualTo(port);
        for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe"))
            assertThat(container.at(probe, "httpGet", "path").text()).matches("/q/health/(ready|live)");
    }

    @Test
    void the_address_of_the_context_service_is_the_one_that_it_has() {
        var address = "http://context:" + Code.portOf("context-service");
        assertThat(COMPOSE.at("services", "executor", "environment", "TASKWEAVER_CONTEXT_URL")
                        .text())
                .isEqualTo(address);
        assertThat(kind("ConfigMap")
                        .getFirst()
                        .at("data", "TASKWEAVER_CONTEXT_URL")
                        .text())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"planner", "executor", "interface", "context", "topics"})
    void every_image_is_built_from_a_module_that_exists(String service) {
        var part = COMPOSE.at("services", service, "build", "target").text();
        assertThat(Code.ROOT.resolve(part).resolve("pom.xml")).exists();
        assertThat(COMPOSE.at("services", service, "image").text()).startsWith("taskweaver/" + part + ":");
        assertThat(DOCKERFILE).contains(" AS " + part + "\n");
        var inKubernetes = service.equals("topics")
                ? named("Job", "topics").at("spec", "template", "spec", "containers", 0)
                : container(service);
        assertThat(inKubernetes.at("image").text())
                .isEqualTo(COMPOSE.at("services", service, "image").text());
    }

    @Test
    void images_are_built_without_a_syntax_that_is_fetched_from_a_registry() {
        assertThat(DOCKERFILE).doesNotContain("syntax=");
    }

    @Test
    void the_pom_of_every_module_is_copied_before_the_sources() {
        var poms = DOCKERFILE.substring(0, DOCKERFILE.indexOf("COPY . ."));
        var modules = Pattern.compile("<module>(.+)</module>")
                .matcher(Code.text(Code.ROOT.resolve("pom.xml")).replaceAll("(?s)<profiles>.*</profiles>", ""))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(modules)
                .isNotEmpty()
                .allSatisfy(module -> assertThat(poms).contains("COPY " + module + "/pom.xml " + module + "/"));
    }

    @Test
    void base_images_are_arguments_and_the_executors_has_a_compiler_and_git() {
        assertThat(Pattern.compile("(?m)^FROM (\\S+)")
                        .matcher(DOCKERFILE)
                        .results()
                        .map(found -> found.group(1)))
                .contains("${BUILD_IMAGE}", "${RUNTIME_IMAGE}", "${EXECUTOR_IMAGE}")
                .allMatch(image -> image.equals("runtime") || image.equals("with-git") || image.startsWith("${"));
        assertThat(DOCKERFILE).contains("ARG EXECUTOR_IMAGE=eclipse-temurin:25-jdk\n");
        var withGit = DOCKERFILE.substring(DOCKERFILE.indexOf("AS with-git"));
        assertThat(withGit)
                .contains("install-git", "FROM with-git AS executor-service", "FROM with-git AS context-service");
        for (var variable : List.of("BUILD_IMAGE", "RUNTIME_IMAGE", "EXECUTOR_IMAGE"))
            assertThat(COMPOSE.at("x-bases", variable).text())
                    .endsWith(DOCKERFILE.substring(
                                    DOCKERFILE.indexOf("ARG " + variable + "=") + ("ARG " + variable + "=").length(),
                                    DOCKERFILE.indexOf('\n', DOCKERFILE.indexOf("ARG " + variable + "=")))
                            + "}");
    }

    @Test
    void topics_are_made_by_the_command_that_makes_all_of_them_before_any_service_starts() {
        var compose = COMPOSE.at("services", "topics", "command").items();
        var kubernetes = named("Job", "topics")
                .at("spec", "template", "spec", "containers", 0, "args")
                .items();
        for (var command : List.of(compose, kubernetes)) {
            var words = command.stream().map(Manifest::text).toList();
            assertThat(words).startsWith("topics", "apply");
            assertThat(words.stream().filter(word -> word.startsWith("--")))
                    .allMatch(flag -> Code.sourcesContain("cli", "\"" + flag + "\""), "is a flag of the command");
        }
        for (var service : SERVICES)
            assertThat(COMPOSE.at("services", service, "depends_on", "topics", "condition")
                            .text())
                    .isEqualTo("service_completed_successfully");
    }

    @Test
    void every_topic_that_is_named_is_one_of_the_systems() {
        var topics = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        var others = Set.of("planner-service", "executor-service", "interface-service", "context-service");
        var named = BACK_QUOTED
                .matcher(Code.text(Code.ROOT.resolve("deploy/README.md")))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !others.contains(name))
                .toList();
        assertThat(topics).containsAll(named);
        assertThat(topics).containsAll(topicsOfChannels());
    }

    @Test
    void without_credentials_the_simulated_agent_is_within_reach_of_the_executors() {
        var simulator = COMPOSE.at("services", "simulator");
        var main = simulator.at("entrypoint").items().getLast().text();
        assertThat(Code.ROOT.resolve("agents/src/main/java/" + main.replace('.', '/') + ".java"))
                .exists();
        var settings = simulator.at("environment").keys().toList();
        assertThat(settings).isNotEmpty().allMatch(name -> isSettingOfTheSimulator(name));
        assertThat(simulator.at("environment", "TASKWEAVER_SIMULATOR_HOST").text())
                .isEqualTo("0.0.0.0");
        assertThat(COMPOSE.at("services", "executor", "environment", "TASKWEAVER_AGENT_SIMULATED_URL")
                        .text())
                .endsWith(":-http://simulator:"
                        + simulator
                                .at("environment", "TASKWEAVER_SIMULATOR_PORT")
                                .text() + "}");
    }

    /** The part behind the prefix, in the form in which the simulated agent names its settings. */
    private static boolean isSettingOfTheSimulator(String variable) {
        var prefix = "TASKWEAVER_SIMULATOR_";
        var name = variable.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        return variable.startsWith(prefix) && Code.sourcesContain("agents", "(\"" + name + "\"");
    }

    @Test
    void executors_are_scaled_by_a_metric_that_they_have() {
        var scaler = kind("HorizontalPodAutoscaler").getFirst();
        assertThat(scaler.at("spec", "scaleTargetRef", "name").text()).isEqualTo("executor");
        assertThat(scaler.at("spec", "metrics", 0, "pods", "metric", "name").text())
                .isEqualTo(Metric.EXECUTOR_SLOTS_USED.prometheusName());
    }

    @Test
    void every_metric_that_manifests_and_documents_name_exists() throws IOException {
        var known = Arrays.stream(Metric.values())
                .flatMap(metric -> Stream.of("", "_count", "_sum", "_max").map(end -> metric.prometheusName() + end))
                .collect(Collectors.toSet());
        try (var files = Files.walk(Code.ROOT.resolve("deploy"))) {
            var texts = new ArrayList<>(files.filter(Files::isRegularFile).toList());
            for (var module : SERVICES)
                texts.add(Code.ROOT.resolve(module(module)).resolve("README.md"));
            texts.add(Code.ROOT.resolve("README.md"));
            for (var file : texts)
                assertThat(METRIC.matcher(Code.text(file)).results().map(MatchResult::group))
                        .as(file.toString())
                        .isSubsetOf(known);
        }
    }

    @Test
    void nothing_is_published_beyond_this_machine() {
        for (var service : COMPOSE.at("services").keys().toList())
            for (var port : COMPOSE.at("services", service, "ports").items())
                assertThat(port.text()).startsWith("127.0.0.1:");
    }

    @Test
    void every_container_of_compose_is_hardened_and_bounded() {
        for (var name : COMPOSE.at("services").keys().toList()) {
            var service = COMPOSE.at("services", name);
            assertThat(service.at("read_only").text()).as(name).isEqualTo("true");
            assertThat(service.at("cap_drop").items())
                    .as(name)
                    .extracting(Manifest::text)
                    .containsExactly("ALL");
            assertThat(service.at("security_opt").items())
                    .as(name)
                    .extracting(Manifest::text)
                    .containsExactly("no-new-privileges:true");
            assertThat(service.at("mem_limit").text()).as(name).matches("\\d+[mg]");
            // Images of services have a health check of their own; what runs once and ends needs none.
            var image = service.at("image").text();
            var target = image.replaceAll("taskweaver/(.+):.*", "$1");
            var checked = DOCKERFILE.contains(" AS " + target + "\n")
                    && DOCKERFILE
                            .substring(DOCKERFILE.indexOf(" AS " + target + "\n") + 4)
                            .split("\nFROM ")[0]
                            .contains("HEALTHCHECK");
            assertThat(name.equals("topics")
                            || checked
                            || !service.at("healthcheck").map().isEmpty())
                    .as(name + " has a health check")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"planner", "executor", "interface", "context"})
    void the_health_check_of_an_image_asks_the_port_of_its_service(String service) {
        var stage = DOCKERFILE.substring(DOCKERFILE.indexOf(" AS " + module(service) + "\n") + 4)
                .split("\nFROM ")[0];
        var port = Code.portOf(module(service));
        assertThat(stage).contains("EXPOSE " + port + "\n").contains("[\"healthcheck\", \"" + port + "\"]");
    }

    @Test
    void every_pod_is_hardened_and_bounded() {
        for (var workload :
                Stream.concat(kind("Deployment").stream(), kind("Job").stream()).toList()) {
            var name = workload.at("metadata", "name").text();
            var pod = workload.at("spec", "template", "spec");
            assertThat(pod.at("securityContext", "runAsNonRoot").text())
                    .as(name)
                    .isEqualTo("true");
            assertThat(pod.at("securityContext", "seccompProfile", "type").text())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("automountServiceAccountToken").text()).as(name).isEqualTo("false");
            var container = pod.at("containers", 0);
            var context = container.at("securityContext");
            assertThat(context.at("readOnlyRootFilesystem").text()).as(name).isEqualTo("true");
            assertThat(context.at("allowPrivilegeEscalation").text()).as(name).isEqualTo("false");
            assertThat(context.at("capabilities", "drop", 0).text()).as(name).isEqualTo("ALL");
            assertThat(container.at("resources", "limits", "memory").text())
                    .as(name)
                    .matches("\\d+Mi");
            assertThat(container.at("volumeMounts").items())
                    .as(name)
                    .extracting(mount -> mount.at("mountPath").text())
                    .contains("/tmp");
        }
    }

    @Test
    void credentials_are_made_for_their_owner_alone_and_are_settings_that_exist(@TempDir Path dir) throws Exception {
        var folder = dir.resolve("secrets");
        assertThat(run(Code.ROOT.resolve("deploy/secrets").toString(), folder.toString()))
                .isZero();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(folder)) {
            for (var file : files.toList())
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        for (var service : SERVICES) {
            var files = COMPOSE.at("services", service, "env_file").items();
            assertThat(files).as(service).isNotEmpty();
            for (var file : files) {
                var name = Path.of(file.text()).getFileName();
                assertThat(file.text()).isEqualTo(".secrets/" + name);
                assertThat(variables(folder.resolve(name)))
                        .isNotEmpty()
                        .allMatch(variable -> isSettingOf(service, variable), "is a setting of " + service);
            }
        }
        assertThat(variables(folder.resolve("simulator.env")))
                .isNotEmpty()
                .allMatch(name -> isSettingOfTheSimulator(name));
        var before = Files.readString(folder.resolve("client.properties"));
        assertThat(run(Code.ROOT.resolve("deploy/secrets").toString(), folder.toString()))
                .isZero();
        assertThat(folder.resolve("client.properties")).as("kept").hasContent(before);
        var ticket = Files.readString(folder.resolve("ticket.secret"));
        assertThat(run(Code.ROOT.resolve("deploy/secrets").toString(), "--renew", folder.toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("tickets.env")))
                .as("outcomes under way have tickets of the key before")
                .matches("TASKWEAVER_TICKET_KEY=[0-9a-f]{64} " + ticket + "\n")
                .doesNotContain("=" + ticket);
        assertThat(run(Code.ROOT.resolve("deploy/secrets").toString(), "--renew", folder.toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("tickets.env")))
                .as("renewed again before anything was restarted")
                .matches("TASKWEAVER_TICKET_KEY=[0-9a-f]{64} [0-9a-f]{64} " + ticket + "\n");
        assertThat(Files.readString(folder.resolve("client.properties")))
                .as("renewed")
                .isNotEqualTo(before);
    }

    @Test
    void an_image_that_is_named_is_not_replaced_by_a_stand_in(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("pom.xml"), "<kafka.version>4.3.1</kafka.version>");
        var bases = Files.createDirectories(dir.resolve("deploy/airgapped")).resolve("build-bases");
        Files.writeString(bases, "#!/bin/sh\necho export BROKER_IMAGE=stand-in; echo export REGISTRY_IMAGE=stand-in\n");
        Files.setPosixFilePermissions(bases, PosixFilePermissions.fromString("rwx------"));

        assertThat(run(
                        "bash",
                        "-euc",
                        "unset BUILD_IMAGE RUNTIME_IMAGE EXECUTOR_IMAGE REGISTRY_IMAGE; home=$1; "
                                + ". \"$2/deploy/docker.sh\"; DOCKER=false; BROKER_IMAGE=ours; find_bases; "
                                + "[ \"$BROKER_IMAGE $REGISTRY_IMAGE\" = 'ours stand-in' ]",
                        "bash",
                        dir.toString(),
                        Code.ROOT.toString()))
                .isZero();
    }

    @Test
    void a_health_check_that_gets_no_answer_ends() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run(
                            "timeout",
                            "20",
                            Code.ROOT.resolve("deploy/container/healthcheck").toString(),
                            Integer.toString(silent.getLocalPort())))
                    .isNotZero()
                    .isNotEqualTo(124);
        }
    }

    @Test
    void only_planner_and_context_service_have_the_key_of_tickets() {
        for (var service : SERVICES) {
            boolean may = service.equals("planner") || service.equals("context");
            assertThat(COMPOSE.at("services", service, "env_file").items().stream()
                            .anyMatch(file -> file.text().endsWith("tickets.env")))
                    .as(service)
                    .isEqualTo(may);
            assertThat(container(service).at("envFrom").items().stream()
                            .anyMatch(source ->
                                    source.at("secretRef", "name").text().equals("tickets")))
                    .as(service)
                    .isEqualTo(may);
        }
    }

    private static boolean isSettingOf(String service, String variable) {
        // Every kafka.* setting goes to Kafka's clients.
        return variable.startsWith("KAFKA_") || environmentOf(service).contains(variable);
    }

    /** What a service takes, the settings that services have in common included. */
    private static Set<String> environmentOf(String service) {
        var all = new TreeSet<String>();
        for (var module : List.of(module(service), "access", "schemas", "agents"))
            all.addAll(Code.environmentOf(module));
        return all;
    }

    private static List<String> variables(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void jars_of_the_users_own_are_mounted_where_the_images_look_for_them() {
        for (var service : SERVICES)
            assertThat(COMPOSE.at("services", service, "volumes").items())
                    .extracting(Manifest::text)
                    .contains("./lib/ext:/app/lib/ext:ro");
        assertThat(Code.ROOT.resolve("lib/ext")).isDirectory();
        assertThat(DOCKERFILE.lines().filter(line -> line.startsWith("ENTRYPOINT")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"-Dtaskweaver.home=/app\", \"-jar\""));
    }

    @Test
    void every_state_folder_is_mounted() {
        assertThat(COMPOSE.at("services", "simulator", "volumes").items())
                .extracting(Manifest::text)
                .containsExactly("simulator:/state");
        assertThat(COMPOSE.at("volumes").keys()).contains("simulator");
        for (var service : List.of("planner", "context")) {
            var volumes = COMPOSE.at("services", service, "volumes").items();
            assertThat(volumes).extracting(Manifest::text).contains(service + ":/state");
            assertThat(COMPOSE.at("volumes").keys()).contains(service);
            assertThat(container(service).at("volumeMounts", 0, "mountPath").text())
                    .isEqualTo("/state");
        }
    }

    private static List<String> topicsOfChannels() {
        var defaults = Code.text(
                Code.ROOT.resolve("interface-service/src/main/resources/META-INF/microprofile-config.properties"));
        return Pattern.compile("\\.topic=\\$\\{taskweaver\\.topic-prefix:\\}(.+)")
                .matcher(defaults)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String module(String service) {
        return service + "-service";
    }

    private static Manifest container(String service) {
        return named("Deployment", service).at("spec", "template", "spec", "containers", 0);
    }

    private static Manifest named(String kind, String name) {
        return kind(kind).stream()
                .filter(manifest -> manifest.at("metadata", "name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static List<Manifest> kind(String kind) {
        return KUBERNETES.stream()
                .filter(manifest -> manifest.at("kind").text().equals(kind))
                .toList();
    }
}
