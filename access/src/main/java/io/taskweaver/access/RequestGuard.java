package io.taskweaver.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Refuses requests that web pages can make a browser send: requests under other host names, from other origins, and
 * bodies that need no CORS preflight. It checks only headers, not tokens, so that such a request is refused whatever
 * credentials the browser has.
 */
final class RequestGuard {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Pattern JSON = Pattern.compile(
            "application/(?:[a-z0-9!#$&^_.-]+\\+)?json\\s*(?:;(?!.*charset\\s*=\\s*(?!\"?utf-8))[^,]*)?",
            Pattern.CASE_INSENSITIVE);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final AllowedHosts hosts;

    RequestGuard(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * The checked parts of a request.
     *
     * @param target as it was sent, absolute or not
     * @param headers all values of a header by its name
     * @param authority what the request says that it is for, of its host header, its {@code :authority} or a trusted
     *     proxy
     * @param hasBody whether a body follows, or may
     * @param isProbe whether it asks for liveness or readiness
     */
    record Request(
            String method,
            String target,
            Function<String, List<String>> headers,
            Optional<String> authority,
            boolean isTls,
            boolean hasBody,
            boolean isProbe,
            AllowedHosts.Local local) {
        List<String> header(String name) {
            return headers.apply(name);
        }
    }

    /** Why the request is refused; empty if it is not. */
    Optional<Problem> judge(Request request) {
        if (!METHODS.contains(request.method()))
            return Optional.of(Problem.of(
                    405,
                    "Method not allowed",
                    "The method " + request.method() + " is not supported.",
                    "Use one of the documented methods."));
        // It needs no credential, and no body of an unauthenticated client is read.
        if (request.isProbe() && request.hasBody())
            return Optional.of(Problem.of(
                    400,
                    "Bad request",
                    "A health check must not have a body.",
                    "Send it without Content-Length and body."));
        return host(request).or(() -> origin(request)).or(() -> coding(request)).or(() -> contentType(request));
    }

    /** Bodies that a proxy might interpret differently. */
    private static Optional<Problem> coding(Request request) {
        if (!isBodyEndKnown(request))
            return Optional.of(Problem.of(
                    501,
                    "Not implemented",
                    "The request's Transfer-Encoding is " + shown(request.header("Transfer-Encoding")) + ".",
                    "Send the body with its Content-Length, or with 'Transfer-Encoding: chunked'."));
        var content = request.header("Content-Encoding");
        if (content.stream().anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity")))
            return Optional.of(Problem.of(
                    415,
                    "Unsupported media type",
                    "The body's Content-Encoding is " + shown(content) + ".",
                    "Send it without an encoding."));
        return Optional.empty();
    }

    /** Whether the end of the body is defined (RFC 9112 section 6.1). */
    static boolean isBodyEndKnown(Request request) {
        var transfer = request.header("Transfer-Encoding");
        return transfer.isEmpty()
                || transfer.size() == 1 && transfer.getFirst().strip().equalsIgnoreCase("chunked");
    }

    private Optional<Problem> host(Request request) {
        var named = request.header("Host");
        if (named.size() > 1) return Optional.of(badHost("The request has " + named.size() + " Host headers."));
        var asked = new java.util.LinkedHashSet<>(named);
        request.authority().ifPresent(asked::add);
        if (!request.target().startsWith("/") && !request.target().equals("*")) {
            var absolute = authorityOf(request.target());
            if (absolute.isEmpty()) return Optional.of(badHost("The request's target is neither a path nor a URL."));
            asked.add(absolute.get());
        }
        if (asked.isEmpty() && !request.isProbe()) return Optional.of(badHost("The request has no Host header."));
        for (var text : asked) {
            var authority = Authority.parse(text);
            if (authority.isEmpty()) return Optional.of(badHost("The request's host is not a host name."));
            if (!isAllowed(authority.get(), request))
                return Optional.of(Problem.of(
                        421,
                        "Misdirected request",
                        "This service does not accept the host name " + authority.get() + ".",
                        "Use 127.0.0.1 or localhost with the service's port; add other names to the service's"
                                + " setting taskweaver.access.hosts."));
        }
        return Optional.empty();
    }

    private boolean isAllowed(Authority asked, Request request) {
        // Health checks use the address of a pod or a load balancer; an address cannot be rebound as a name can.
        if (request.isProbe() && asked.address().isPresent()) return true;
        return hosts.allow(asked, request.local(), schemePort(request));
    }

    private static Optional<String> authorityOf(String url) {
        try {
            return Optional.ofNullable(new URI(url).getRawAuthority());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Problem badHost(String detail) {
        return Problem.of(400, "Bad host", detail, "Send one Host header with the name and port of the service.");
    }

    private static Optional<Problem> origin(Request request) {
        var sites = request.header("Sec-Fetch-Site");
        if (!OWN_SITES.containsAll(sites))
            return Optional.of(foreign("a page of another origin (" + shown(sites) + ")"));
        for (var origin : request.header("Origin"))
            if (!isSame(origin, request)) return Optional.of(foreign("a page of the origin " + shown(List.of(origin))));
        if (!request.header("Access-Control-Request-Method").isEmpty())
            return Optional.of(foreign("a page, as a CORS preflight"));
        return Optional.empty();
    }

    private static boolean isSame(String origin, Request request) {
        int schemePort = origin.startsWith("https://") ? HTTPS_PORT : HTTP_PORT;
        var from = authorityOf(origin).flatMap(Authority::parse);
        var to = request.header("Host").stream()
                .findFirst()
                .or(request::authority)
                .flatMap(Authority::parse);
        return from.isPresent()
                && to.isPresent()
                && origin.startsWith("http")
                && from.get().host().equals(to.get().host())
                && from.get().portOr(schemePort) == to.get().portOr(schemePort);
    }

    private static int schemePort(Request request) {
        return request.isTls() ? HTTPS_PORT : HTTP_PORT;
    }

    private static Problem foreign(String who) {
        return Problem.of(
                403,
                "Foreign origin",
                "The request was sent by " + who + "; pages of other origins may not call this service.",
                "Call it from a program, or from a page of this service.");
    }

    private static Optional<Problem> contentType(Request request) {
        if (!request.hasBody()) return Optional.empty();
        var types = request.header("Content-Type");
        if (types.size() == 1 && JSON.matcher(types.getFirst().strip()).matches()) return Optional.empty();
        return Optional.of(Problem.of(
                415,
                "Unsupported media type",
                types.isEmpty()
                        ? "The request has a body and no Content-Type."
                        : "The body's Content-Type is " + shown(types) + ".",
                "Send JSON with the header 'Content-Type: application/json'."));
    }

    /** Client input, shortened and on one line. */
    private static String shown(List<String> values) {
        var text = String.join(", ", values).replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
