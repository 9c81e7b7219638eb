package io.taskweaver.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A host and perhaps a port, as the {@code Host} header has them (RFC 9110 section 7.2).
 *
 * @param host in lower case, without a trailing dot; an IPv6 address without brackets and in the JDK's form
 * @param port if one is given
 */
record Authority(String host, OptionalInt port) {
    private static final Pattern SYNTAX =
            Pattern.compile("(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\\.?|\\[(?<six>[0-9A-Fa-f:.]{2,45})])"
                    + "(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern FOUR = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final int HIGHEST_PORT = 65_535;

    /** Empty if the text is not a host with or without a port. */
    static Optional<Authority> parse(String text) {
        var found = SYNTAX.matcher(text);
        if (!found.matches()) return Optional.empty();
        var port = found.group("port") == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(found.group("port")));
        if (port.isPresent() && (port.getAsInt() == 0 || port.getAsInt() > HIGHEST_PORT)) return Optional.empty();
        var six = found.group("six");
        if (six != null) return literal(six).map(address -> new Authority(address.getHostAddress(), port));
        var host = found.group("host").toLowerCase(Locale.ROOT);
        return Optional.of(new Authority(host.endsWith(".") ? host.substring(0, host.length() - 1) : host, port));
    }

    /** With the port, or else that of the scheme. */
    int portOr(int otherwise) {
        return port.orElse(otherwise);
    }

    /** The address, if the host is a literal. A name is not resolved, because the caller chooses it. */
    Optional<InetAddress> address() {
        return FOUR.matcher(host).matches() || host.indexOf(':') >= 0 ? literal(host) : Optional.empty();
    }

    boolean isLoopback() {
        return host.equals("localhost")
                || address().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
