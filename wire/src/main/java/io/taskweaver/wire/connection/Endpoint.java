package io.taskweaver.wire.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A server with its settings. Address, login and trusted certificates belong together: a login for one server is never
 * sent to another, whatever the setting names.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are.
enum Endpoint {
    BROKERS(List.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), List.of(), List.of("sasl.", "ssl.", "security.")),
    REGISTRY(
            SettingNames.URLS,
            List.of(
                    "taskweaver.registry.username",
                    "taskweaver.registry.password",
                    "apicurio.registry.auth.",
                    "basic.auth.",
                    "bearer.auth.",
                    "schema.registry.basic.auth.",
                    "schema.registry.bearer.auth."),
            List.of(ClusterSettings.REGISTRY_CA, "apicurio.registry.tls.", "schema.registry.ssl.")),
    REST(
            List.of(ClusterSettings.CONTEXT_URL),
            List.of(ClusterSettings.ACCESS_TOKEN, ClusterSettings.ACCESS_TOKEN_FILE),
            List.of(ClusterSettings.ACCESS_CA));

    /** Names of the address, in order of precedence. */
    private final List<String> addresses;

    /** Name prefixes of the login; a login has several spellings, so that of another source is dropped as a whole. */
    private final List<String> login;

    /** Further name prefixes of this server. */
    private final List<String> others;

    Endpoint(List<String> addresses, List<String> login, List<String> others) {
        this.addresses = addresses;
        this.login = login;
        this.others = others;
    }

    /** Whether a setting is overridden by others of higher precedence, even under other names. */
    boolean givesWay(String name, ClusterSettings first, ClusterSettings second) {
        if (isAddress(name)) return address(first).isPresent();
        boolean ofLogin = login.stream().anyMatch(name::startsWith);
        if (!ofLogin && others.stream().noneMatch(name::startsWith)) return false;
        return isElsewhere(first, second) || (ofLogin ? names(first, login) : this == REGISTRY && names(first, others));
    }

    boolean isAddress(String name) {
        return addresses.contains(name);
    }

    /** Whether both have an address, and different ones. */
    boolean isElsewhere(ClusterSettings first, ClusterSettings second) {
        var one = address(first).map(Endpoint::servers);
        var other = address(second).map(Endpoint::servers);
        return one.isPresent() && other.isPresent() && one.get().stream().noneMatch(other.get()::contains);
    }

    Optional<String> address(ClusterSettings settings) {
        return addresses.stream().flatMap(name -> settings.value(name).stream()).findFirst();
    }

    private static boolean names(ClusterSettings settings, List<String> beginnings) {
        return settings.values().keySet().stream()
                .anyMatch(name -> beginnings.stream().anyMatch(name::startsWith));
    }

    private static Set<String> servers(String addresses) {
        return Arrays.stream(addresses.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .map(Endpoint::origin)
                .collect(Collectors.toSet());
    }

    /** Scheme, host and port of a URL; brokers have no scheme. */
    private static String origin(String address) {
        try {
            var uri = new URI(address);
            return uri.getRawAuthority() == null ? address : uri.getScheme() + "://" + uri.getRawAuthority();
        } catch (URISyntaxException e) {
            return address;
        }
    }
}
