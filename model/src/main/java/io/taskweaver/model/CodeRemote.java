package io.taskweaver.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository that agents of services work on: they start from branches that are pushed there, and answer with others.
 *
 * @param name what the submitter's repository calls it, such as {@code origin}; for people
 * @param url its address, which executors push to and fetch from with credentials of their own; it has none
 */
public record CodeRemote(String name, String url) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_URL = 2_000;
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*)://(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST_AND_PATH = Pattern.compile("(?:[\\w.-]+@)?[\\w.-]{2,}:(?!/{2}).+");
    private static final Pattern TOKEN = Pattern.compile("(?:gh[a-z]_|github_pat_|glpat-|gl[a-z]+-).*|.{32,}");

    public CodeRemote {
        problem(url).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** Why an address cannot be one of a remote; empty if it can. The text does not contain the address: it may have a secret. */
    public static Optional<String> problem(String url) {
        if (url.isBlank()) return Optional.of("The address of the remote is empty.");
        if (url.chars().anyMatch(Character::isISOControl))
            return Optional.of("The address of the remote has a control character.");
        if (url.startsWith("-") || url.contains("::"))
            return Optional.of("The address of the remote is none of https, ssh, http or a path.");
        var scheme = SCHEME.matcher(url);
        if (!scheme.matches())
            return url.startsWith("/") || HOST_AND_PATH.matcher(url).matches()
                    ? Optional.empty()
                    : Optional.of("The address of the remote is neither a URL, nor HOST:PATH, nor an absolute path.");
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "https", "http" -> problemOfWeb(scheme.group(2));
            case "ssh", "git+ssh", "ssh+git" ->
                user(scheme.group(2)).filter(user -> user.contains(":")).map(user -> secret());
            case "file" -> Optional.empty();
            default ->
                Optional.of("The address of the remote has the scheme " + scheme.group(1)
                        + ", and only https, http, ssh and file are pushed to.");
        };
    }

    private static Optional<String> problemOfWeb(String rest) {
        var user = user(rest);
        if (user.isPresent()
                && (user.get().contains(":") || TOKEN.matcher(user.get()).matches())) return Optional.of(secret());
        return rest.contains("?") || rest.contains("#")
                ? Optional.of("The address of the remote has a query or a fragment, which may hold a secret.")
                : Optional.empty();
    }

    private static Optional<String> user(String rest) {
        int slash = rest.indexOf('/');
        var authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
    }

    private static String secret() {
        return "The address of the remote holds a password or token, which would be in events and prompts.";
    }

    /** Whether it is a folder of whoever uses it, and not reached over a network. */
    public boolean isLocal() {
        return url.startsWith("/") || url.toLowerCase(Locale.ROOT).startsWith("file:");
    }

    /** Sees to it that no text is longer than a plan needs: each issued attempt repeats them. */
    void check() {
        TextLimits.check("options.remote.name", name, LONGEST_NAME);
        TextLimits.check("options.remote.url", url, LONGEST_URL);
    }
}
