package io.taskweaver.wire.connection;

import io.taskweaver.wire.Causes;
import io.taskweaver.wire.connection.ListenerProbe.Found;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Diagnoses why a Kafka cluster cannot be used: a wrong password, an untrusted authority, a port of another program, an
 * unreachable advertised address. Kafka's own clients report some of these, and only a timeout for the others.
 */
public final class BrokerDiagnosis {
    /** A healthy broker answers sooner; after that its listener is probed. */
    private static final Duration USUAL = Duration.ofMillis(1500);

    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final String TRUST =
            "ssl.truststore.location (or ssl.truststore.certificates), and ssl.truststore.type";
    private static final String OWN = "ssl.keystore.location (or ssl.keystore.certificate.chain and ssl.keystore.key)";

    private final ClusterSettings settings;
    private final String protocol;

    private BrokerDiagnosis(ClusterSettings settings) {
        this.settings = settings;
        this.protocol = settings.value(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                .orElse("PLAINTEXT")
                .toUpperCase(Locale.ROOT);
    }

    /** Tests the connection, for 10 s, twice that if brokers hang; empty if no problem is found. */
    public static Optional<ConnectionProblem> check(ClusterSettings settings) {
        return new BrokerDiagnosis(settings).check();
    }

    /** Diagnoses a failure of a Kafka client; probes the listener if the failure does not suffice. */
    public static ConnectionProblem explain(Throwable failure, ClusterSettings settings) {
        var diagnosis = new BrokerDiagnosis(settings);
        return diagnosis.known(failure).or(diagnosis::check).orElseGet(() -> diagnosis.silent(failure));
    }

    /** Diagnoses a failure from the exception alone, without probing. */
    public static Optional<ConnectionProblem> known(Throwable failure, ClusterSettings settings) {
        return new BrokerDiagnosis(settings).known(failure);
    }

    private String who() {
        return "The Kafka broker at " + settings.bootstrap();
    }

    private ConnectionProblem silent(Throwable failure) {
        return new ConnectionProblem(
                who() + " cannot be used: " + Causes.rootMessage(failure) + ".",
                "Check that it runs, and read its log.");
    }

    private Optional<ConnectionProblem> check() {
        var admin = settings.admin(
                "taskweaver-check",
                Map.of(
                        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) TIMEOUT.toMillis() - 1000,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) TIMEOUT.toMillis()));
        try (var client = Admin.create(admin)) {
            try {
                return check(client.describeCluster());
            } finally {
                client.close(Duration.ZERO);
            }
        } catch (KafkaException e) {
            return Optional.of(known(e).or(this::look).orElseGet(() -> silent(e)));
        }
    }

    private Optional<ConnectionProblem> check(DescribeClusterResult answer) {
        try {
            try {
                return unreachable(answer.nodes().get(USUAL.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException slow) {
                var found = look();
                return found.isPresent()
                        ? found
                        : unreachable(answer.nodes().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            }
        } catch (ExecutionException e) {
            return Optional.of(known(e).or(this::look)
                    .or(this::advertisesUnreachable)
                    .orElseGet(() -> e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                            ? overloaded()
                            : silent(e)));
        } catch (TimeoutException e) {
            return Optional.of(advertisesUnreachable().orElseGet(this::overloaded));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Tests the advertised addresses of a listener; empty if there are none, or one is reachable. */
    private Optional<ConnectionProblem> advertisesUnreachable() {
        try {
            return unreachable(AdvertisedBrokers.of(settings));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private ConnectionProblem overloaded() {
        return new ConnectionProblem(
                who() + " accepts connections, but does not return its brokers within " + TIMEOUT.toSeconds() + " s.",
                "Check that it has started, reaches its controller and is not overloaded, and read its log.");
    }

    /** Diagnosis from the exception. */
    private Optional<ConnectionProblem> known(Throwable failure) {
        return Causes.of(failure).stream()
                .flatMap(cause -> knownHere(cause).stream())
                .findFirst();
    }

    private Optional<ConnectionProblem> knownHere(Throwable cause) {
        return switch (cause) {
            case SslAuthenticationException tls -> Optional.of(tls(tls));
            case UnsupportedSaslMechanismException other ->
                problem(
                        " does not support the login mechanism " + mechanism() + ": " + other.getMessage() + ".",
                        "Set sasl.mechanism to one that it offers.");
            case IllegalSaslStateException noLogin -> Optional.of(takesNoLogin());
            case AuthenticationException refused -> Optional.of(loginRefused(refused));
            case TopicAuthorizationException refused ->
                problem(
                        " does not permit this user " + namesOf("topic", refused.unauthorizedTopics()) + ".",
                        "Ask an administrator to grant the rights (SECURITY.md lists them for each service), e.g. with "
                                + "kafka-acls.sh --add --allow-principal User:NAME --operation Read --operation Write "
                                + "--operation Describe --topic NAME.");
            case GroupAuthorizationException refused ->
                problem(
                        " does not permit this user the group " + refused.groupId() + ".",
                        "Ask an administrator to grant it, e.g. with kafka-acls.sh --add --allow-principal User:NAME "
                                + "--operation Read --group " + refused.groupId() + ".");
            case ClusterAuthorizationException refused ->
                problem(
                        " does not permit this operation to this user: " + refused.getMessage() + ".",
                        "Ask an administrator to grant Create and Alter, or to run: taskweaver topics apply.");
            case AuthorizationException refused ->
                problem(
                        " does not permit this operation to this user: " + refused.getMessage() + ".",
                        "Ask an administrator to grant the right.");
            case ConfigException wrong when isAboutAddresses(wrong) -> look();
            case ConfigException wrong ->
                Optional.of(new ConnectionProblem(
                        "A setting of Kafka's clients is wrong: " + withoutValues(wrong) + ".", "Correct it."));
            case javax.security.auth.login.LoginException login ->
                problem(
                        " was not contacted: the login could not be prepared (" + login.getMessage() + ").",
                        "Check sasl.jaas.config and the settings of its login module or callback handler.");
            case java.nio.file.NoSuchFileException missing ->
                Optional.of(new ConnectionProblem(
                        "The file " + missing.getFile() + ", which the connection to Kafka needs, does not exist.",
                        "Check ssl.truststore.location and ssl.keystore.location."));
            case java.security.UnrecoverableKeyException locked -> Optional.of(wrongStorePassword());
            case IOException store when isAboutPassword(store) -> Optional.of(wrongStorePassword());
            default -> Optional.empty();
        };
    }

    private static boolean isAboutPassword(IOException failure) {
        var text = String.valueOf(failure.getMessage());
        return text.contains("password was incorrect") || text.contains("integrity check");
    }

    private static ConnectionProblem wrongStorePassword() {
        return new ConnectionProblem(
                "The password of the key store or trust store for the connection to Kafka is wrong.",
                "Check ssl.truststore.password and ssl.keystore.password.");
    }

    private static boolean isAboutAddresses(ConfigException wrong) {
        return String.valueOf(wrong.getMessage()).contains(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** Kafka's message contains the value of an invalid setting, which may be a secret. */
    private String withoutValues(ConfigException wrong) {
        var text = String.valueOf(wrong.getMessage());
        for (var value : settings.values().entrySet())
            if (value.getKey().matches(".*(password|jaas\\.config|secret|keystore\\.key)$"))
                text = text.replace(value.getValue(), "...");
        return text.replaceAll("\\.$", "");
    }

    private ConnectionProblem tls(SslAuthenticationException failure) {
        return TlsFailure.behind(failure)
                .map(trouble -> trouble == TlsFailure.NO_TLS ? noTls() : trouble.of(who(), TRUST, OWN))
                .orElseGet(() -> new ConnectionProblem(
                        "The TLS handshake with the Kafka broker at " + settings.bootstrap() + " failed: "
                                + Causes.rootMessage(failure) + ".",
                        "Check the ssl.* settings."));
    }

    private ConnectionProblem loginRefused(AuthenticationException refused) {
        if (TlsFailure.behind(refused).isPresent())
            return TlsFailure.behind(refused).get().of(who(), TRUST, OWN);
        return mechanism().equals("OAUTHBEARER") || mechanism().equals("GSSAPI")
                ? new ConnectionProblem(
                        who() + " refuses the login with " + mechanism() + ": " + refused.getMessage() + ".",
                        "Check sasl.jaas.config and the sasl.* settings, and that the token's audience, issuer and clock "
                                + "match the broker's configuration.")
                : new ConnectionProblem(
                        who() + " refuses this user and password (" + mechanism() + ").",
                        "Check username and password in sasl.jaas.config, and that the user exists on the broker with "
                                + "this mechanism.");
    }

    private ConnectionProblem takesNoLogin() {
        return new ConnectionProblem(
                who() + " does not accept a login on this port.",
                "Set security.protocol to " + (isTls() ? "SSL" : "PLAINTEXT") + ", or use a port with SASL.");
    }

    private ConnectionProblem noTls() {
        return new ConnectionProblem(
                who() + " does not use TLS on this port, and security.protocol is " + protocol + ".",
                "Use a port with TLS, or set security.protocol to " + (isSasl() ? "SASL_PLAINTEXT" : "PLAINTEXT")
                        + ".");
    }

    /** Probes the listeners; empty if one of them is as configured. */
    private Optional<ConnectionProblem> look() {
        ConnectionProblem first = null;
        for (var address : settings.bootstrap().split(",", -1)) {
            var trouble = look(address.strip());
            if (trouble.isEmpty()) return Optional.empty();
            if (first == null) first = trouble.get();
        }
        return Optional.ofNullable(first);
    }

    private Optional<ConnectionProblem> look(String address) {
        var host = org.apache.kafka.common.utils.Utils.getHost(address);
        var port = org.apache.kafka.common.utils.Utils.getPort(address);
        if (host == null || port == null)
            return Optional.of(new ConnectionProblem(
                    "The address of the Kafka broker, " + address + ", is invalid.", "Write it as HOST:PORT."));
        var at = "At " + address + " ";
        return switch (ListenerProbe.look(new InetSocketAddress(host, port), isTls())) {
            case Found.NoSuchHost() ->
                Optional.of(new ConnectionProblem(
                        "The host of the Kafka broker, " + host + ", cannot be resolved.",
                        "Check the name and the DNS of this machine."));
            case Found.NotReached(var why) ->
                Optional.of(
                        new ConnectionProblem(
                                "No Kafka broker can be reached at " + address + " (" + why + ").",
                                "Check bootstrap.servers, that the broker runs and listens there, and that no firewall blocks the connection."));
            case Found.Http() ->
                Optional.of(new ConnectionProblem(
                        at + "a web server answers, not Kafka.", "Use the address of a Kafka broker."));
            case Found.Silent() ->
                Optional.of(
                        new ConnectionProblem(
                                at + "a server accepts connections but does not answer.",
                                "If it is a Kafka broker, it hangs or is overloaded: read its log. Otherwise correct the address."));
            case Found.Other any ->
                Optional.of(new ConnectionProblem(
                        at + "a server answers that is not Kafka.", "Use the address of a Kafka broker."));
            case Found.Tls() when !isTls() -> Optional.of(wantsTls());
            case Found.Tls() -> Optional.empty();
            case Found.Kafka(var tls, var mechanisms) when tls && !isTls() -> Optional.of(wantsTls());
            case Found.Kafka(var tls, var mechanisms) when !tls && isTls() -> Optional.of(noTls());
            case Found.Kafka(var tls, var mechanisms)
            when mechanisms.isEmpty() && isSasl() -> Optional.of(takesNoLogin());
            case Found.Kafka(var tls, var mechanisms)
            when !mechanisms.isEmpty() && !isSasl() -> Optional.of(wantsLogin(mechanisms));
            case Found.Kafka kafka -> Optional.empty();
        };
    }

    private ConnectionProblem wantsTls() {
        return new ConnectionProblem(
                who() + " uses TLS on this port, and security.protocol is " + protocol + ".",
                "Set security.protocol to " + (isSasl() ? "SASL_SSL" : "SSL, or to SASL_SSL if it requires a login")
                        + ".");
    }

    private ConnectionProblem wantsLogin(List<String> mechanisms) {
        return new ConnectionProblem(
                who() + " requires a login (" + String.join(", ", mechanisms) + "), and security.protocol is "
                        + protocol + ".",
                "Set security.protocol to " + (isTls() ? "SASL_SSL" : "SASL_PLAINTEXT")
                        + ", sasl.mechanism and sasl.jaas.config.");
    }

    /** A broker advertises addresses to clients; one that is right inside its network may be unreachable here. */
    private Optional<ConnectionProblem> unreachable(Collection<Node> nodes) throws InterruptedException {
        var failures = new ArrayList<String>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries =
                    nodes.stream().map(node -> tasks.submit(() -> reach(node))).toList();
            for (var each : tries) result(each).ifPresent(failures::add);
        }
        if (failures.size() < nodes.size() || nodes.isEmpty()) return Optional.empty();
        return problem(
                " answers, but advertises addresses that cannot be reached from here: " + String.join(", ", failures)
                        + ".",
                "Set advertised.listeners of the brokers to an address that this network can reach, or use the port of "
                        + "a listener that does.");
    }

    private static Optional<String> result(Future<Optional<String>> reached) throws InterruptedException {
        try {
            return reached.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Optional<String> reach(Node node) {
        var address = new InetSocketAddress(node.host(), node.port());
        var text = node.host() + ":" + node.port();
        if (address.isUnresolved()) return Optional.of(text + " (no such host)");
        try (var socket = new Socket()) {
            socket.connect(address, (int) CONNECTING.toMillis());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(text);
        }
    }

    private Optional<ConnectionProblem> problem(String what, String hint) {
        return Optional.of(new ConnectionProblem(who() + what, hint));
    }

    private static String namesOf(String kind, Collection<String> names) {
        return "the " + kind + (names.size() == 1 ? " " : "s ") + String.join(", ", names);
    }

    private boolean isTls() {
        return protocol.endsWith("SSL");
    }

    private boolean isSasl() {
        return protocol.startsWith("SASL");
    }

    private String mechanism() {
        return settings.value(SaslConfigs.SASL_MECHANISM).orElse(SaslConfigs.DEFAULT_SASL_MECHANISM);
    }
}
