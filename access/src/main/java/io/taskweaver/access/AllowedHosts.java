package io.taskweaver.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names that a service answers to. A page of another site can make a name of its own lead to this machine (DNS
 * rebinding), but it cannot choose what the browser then sends as {@code Host}: that name.
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
     * @throws IllegalArgumentException naming the one that is none of these
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
                        + "' is no name of a host; write name, name:port or *.domain, an IPv6 address in brackets"));
        var host = authority.host().toLowerCase(Locale.ROOT);
        return new Entry(wildcard ? "." + host : host, wildcard, authority);
    }

    /** Whether it is one of the names that were configured. */
    public boolean isNamed(String authority) {
        return Authority.parse(authority).filter(this::isNamed).isPresent();
    }

    boolean isNamed(Authority asked) {
        return entries.stream().anyMatch(entry -> entry.matches(asked));
    }

    /**
     * Whether a request with this name is meant for the socket that it came in by: a configured name, or a loopback name or
     * the socket's own address with its port.
     *
     * @param local the socket
     * @param schemePort port that a name without one means
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
     * Where a request came in.
     *
     * @param address as the JDK writes it
     */
    record Local(String address, int port) {}
}
