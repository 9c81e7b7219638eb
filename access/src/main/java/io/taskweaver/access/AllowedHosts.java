package io.taskweaver.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Permitted host names of a service. A page of another site can make its own host name resolve to this machine (DNS
 * rebinding), but the browser then sends that name as {@code Host}.
 */
public final class AllowedHosts {
    private final List<Entry> entries;

    /** @param suffix with its dot if {@code wildcard}, the whole name otherwise */
    private record Entry(String suffix, boolean wildcard, Authority authority) {
        boolean matches(Authority asked) {
            boolean named =
                    wildcard ? asked.host().endsWith(suffix) : asked.host().equals(suffix);
            return named && (authority.port().isEmpty() || authority.port().equals(asked.port()));
        }
    }

    private AllowedHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param names {@code name}, {@code name:port} or {@code *.domain}
     * @throws IllegalArgumentException with the invalid name
     */
    public static AllowedHosts of(List<String> names) {
        return new AllowedHosts(names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(AllowedHosts::entry)
                .toList());
    }

    private static Entry entry(String name) {
        boolean wildcard = name.startsWith("*.");
        var authority = Authority.parse(wildcard ? name.substring(2) : name)
                .orElseThrow(() -> new IllegalArgumentException("taskweaver.access.hosts: '" + name
                        + "' is not a host name; use name, name:port or *.domain, an IPv6 address in brackets"));
        var host = authority.host().toLowerCase(Locale.ROOT);
        return new Entry(wildcard ? "." + host : host, wildcard, authority);
    }

    /** Whether it is a configured name. */
    public boolean isNamed(String authority) {
        return Authority.parse(authority).filter(this::isNamed).isPresent();
    }

    boolean isNamed(Authority asked) {
        return entries.stream().anyMatch(entry -> entry.matches(asked));
    }

    /**
     * Whether a request with this name is valid for its socket: a configured name, or a loopback name or the socket's
     * own address with its port.
     *
     * @param local the socket
     * @param schemePort default port of the scheme
     */
    boolean allow(Authority asked, Local local, int schemePort) {
        if (isNamed(asked)) return true;
        if (asked.portOr(schemePort) != local.port()) return false;
        return asked.isLoopback()
                || asked.address()
                        .flatMap(address -> Optional.of(address.getHostAddress()))
                        .filter(local.address()::equals)
                        .isPresent();
    }

    /**
     * The local socket of a request.
     *
     * @param address in the JDK's format
     */
    record Local(String address, int port) {}
}
