package io.taskweaver.wire.connection;

import io.apicurio.registry.client.common.RegistryClientOptions;
import io.apicurio.registry.client.common.ssl.JdkSslContextFactory;
import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Login and trusted certificates of the registry. The same for the serializers and for our own requests, under
 * whichever names they were set.
 *
 * @param basic user and password
 * @param trust trusted certificates for the registry, instead of the JDK's
 */
public record RegistryLogin(Optional<Basic> basic, Optional<Trust> trust) {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** @param password a secret, never in messages or logs */
    record Basic(String username, String password) {
        @Override
        public String toString() {
            return username;
        }
    }

    /**
     * A file of trusted certificates.
     *
     * @param type PEM, PKCS12 or JKS
     * @param password of the file, empty for PEM
     */
    record Trust(String type, String file, String password) {
        @Override
        public String toString() {
            return type + " " + file;
        }
    }

    public static RegistryLogin of(ClusterSettings settings) {
        return new RegistryLogin(basic(settings), trust(settings));
    }

    private static Optional<Basic> basic(ClusterSettings settings) {
        return basic(settings, ClusterSettings.REGISTRY_USERNAME, ClusterSettings.REGISTRY_PASSWORD)
                .or(() -> basic(settings, SchemaResolverConfig.AUTH_USERNAME, SchemaResolverConfig.AUTH_PASSWORD))
                .or(() -> settings.value("basic.auth.user.info")
                        .or(() -> settings.value("schema.registry.basic.auth.user.info"))
                        .filter(info -> info.contains(":"))
                        .map(info -> new Basic(
                                info.substring(0, info.indexOf(':')), info.substring(info.indexOf(':') + 1))));
    }

    private static Optional<Basic> basic(ClusterSettings settings, String username, String password) {
        return settings.value(username)
                .map(name -> new Basic(name, settings.value(password).orElse("")));
    }

    private static Optional<Trust> trust(ClusterSettings settings) {
        return settings.value(ClusterSettings.REGISTRY_CA)
                .map(file -> new Trust("PEM", file, ""))
                .or(() -> store(settings, "apicurio.registry.tls.truststore."))
                .or(() -> store(settings, "schema.registry.ssl.truststore."))
                .or(() ->
                        settings.value(SchemaResolverConfig.TLS_CERTIFICATES).map(file -> new Trust("PEM", file, "")));
    }

    private static Optional<Trust> store(ClusterSettings settings, String prefix) {
        return settings.value(prefix + "location")
                .map(file -> new Trust(
                        settings.value(prefix + "type").orElse("JKS"),
                        file,
                        settings.value(prefix + "password").orElse("")));
    }

    /** The same under the names of Apicurio's and Confluent's serializers. */
    void addTo(Map<String, String> serdes) {
        basic.ifPresent(login -> {
            serdes.put(SchemaResolverConfig.AUTH_USERNAME, login.username());
            serdes.put(SchemaResolverConfig.AUTH_PASSWORD, login.password());
            serdes.put("basic.auth.credentials.source", "USER_INFO");
            serdes.put("basic.auth.user.info", login.username() + ":" + login.password());
        });
        trust.ifPresent(file -> {
            serdes.put(SchemaResolverConfig.TLS_TRUSTSTORE_TYPE, file.type());
            serdes.put(SchemaResolverConfig.TLS_TRUSTSTORE_LOCATION, file.file());
            if (!file.password().isEmpty()) serdes.put(SchemaResolverConfig.TLS_TRUSTSTORE_PASSWORD, file.password());
            serdes.put("schema.registry.ssl.truststore.type", file.type());
            serdes.put("schema.registry.ssl.truststore.location", file.file());
            if (!file.password().isEmpty()) serdes.put("schema.registry.ssl.truststore.password", file.password());
        });
    }

    /** Value of the header {@code Authorization}, if there is a login. */
    public Optional<String> authorization() {
        return basic.map(login -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * An HTTP client that trusts the registry's certificate.
     *
     * @throws IllegalArgumentException if the file of trusted certificates is unusable
     */
    public HttpClient client() {
        // Over HTTP/2, where requests share connections, Apicurio's registry occasionally blocks one.
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
        trust.map(RegistryLogin::context).ifPresent(client::sslContext);
        return client.build();
    }

    private static SSLContext context(Trust trust) {
        var options = RegistryClientOptions.create("https://registry");
        switch (trust.type().toUpperCase(java.util.Locale.ROOT)) {
            case "PEM" -> options.trustStorePem(trust.file());
            case "PKCS12", "P12" -> options.trustStorePkcs12(trust.file(), trust.password());
            default -> options.trustStoreJks(trust.file(), trust.password());
        }
        try {
            return JdkSslContextFactory.createSslContext(options);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The trusted certificates of the registry in " + trust.file() + " cannot be read as " + trust.type()
                            + ": " + e.getMessage(),
                    e);
        }
    }
}
