package io.taskweaver.client.hosting;

import io.taskweaver.code.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The server of a remote repository.
 *
 * @param api address of its REST API
 * @param project path of the repository there, such as {@code acme/shop}
 * @param token credential of its API
 */
public record CodeHost(Kind kind, URI api, String project, String token) {
    private static final Pattern URL =
            Pattern.compile("(?:https?|ssh|git\\+ssh)://(?:[^/@]+@)?([^/:]+)(?::\\d+)?/(.+?)(?:\\.git)?/*");
    private static final Pattern HOST_AND_PATH = Pattern.compile("(?:[^/@]+@)?([^/:]{2,}):(.+?)(?:\\.git)?/*");
    private static final String GITLAB_PATH = "/api/v4";

    /** Software of a server. */
    public enum Kind {
        GITHUB("GitHub", "pull request", List.of("GITHUB_TOKEN", "GH_TOKEN")),
        GITLAB("GitLab", "merge request", List.of("GITLAB_TOKEN"));

        private final String title;
        private final String request;
        private final List<String> variables;

        Kind(String title, String request, List<String> variables) {
            this.title = title;
            this.request = request;
            this.variables = variables;
        }

        /** Its name, for people. */
        public String title() {
            return title;
        }

        /** What it calls a pull request. */
        public String request() {
            return request;
        }
    }

    /** Result of a search. */
    public sealed interface Found {
        record Host(CodeHost host) implements Found {}

        record None(Refusal refusal) implements Found {}
    }

    private record Place(String host, String project) {}

    /**
     * The server of a remote.
     *
     * @param url address of the remote
     * @param api address of the API, if the user named one
     * @param environment variables of this process
     */
    public static Found of(String url, Optional<URI> api, Map<String, String> environment) {
        var place = place(url);
        if (place.isEmpty())
            return none(
                    "The address of the remote, " + url + ", is not a repository on GitHub or GitLab.",
                    "Name another remote with --remote NAME (git remote -v lists them), or push the branch with git push and open the"
                            + " request by hand.");
        var host = place.get().host();
        var project = place.get().project();
        if (api.isPresent()) {
            var kind = api.get().getPath() != null && api.get().getPath().contains(GITLAB_PATH)
                    ? Kind.GITLAB
                    : Kind.GITHUB;
            return with(kind, api.get(), project, environment);
        }
        if (host.equals("github.com"))
            return with(Kind.GITHUB, URI.create("https://api.github.com"), project, environment);
        // A name that only looks like one of theirs is not given a token.
        if (isNamed(host, environment, "GITHUB_SERVER_URL", "GH_HOST"))
            return with(
                    Kind.GITHUB,
                    URI.create(
                            isNamed(host, environment, "GITHUB_SERVER_URL")
                                    ? environment.getOrDefault("GITHUB_API_URL", "https://" + host + "/api/v3")
                                    : "https://" + host + "/api/v3"),
                    project,
                    environment);
        if (host.equals("gitlab.com") || isNamed(host, environment, "CI_SERVER_URL", "GITLAB_HOST"))
            return with(
                    Kind.GITLAB,
                    URI.create(
                            isNamed(host, environment, "CI_SERVER_URL")
                                    ? environment.getOrDefault("CI_API_V4_URL", "https://" + host + GITLAB_PATH)
                                    : "https://" + host + GITLAB_PATH),
                    project,
                    environment);
        return none(
                "Cannot tell whether " + host + " is GitHub or GitLab.",
                "Name its API with --api-url: https://" + host + "/api/v3 for GitHub Enterprise, https://" + host
                        + GITLAB_PATH + " for GitLab.");
    }

    private static Optional<Place> place(String url) {
        for (var form : List.of(URL, HOST_AND_PATH)) {
            var matcher = form.matcher(url);
            if (matcher.matches() && !matcher.group(2).startsWith("//"))
                return Optional.of(new Place(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        matcher.group(2).replaceFirst("^/+", "")));
        }
        return Optional.empty();
    }

    private static boolean isNamed(String host, Map<String, String> environment, String... variables) {
        for (var variable : variables) {
            var named = environment
                    .getOrDefault(variable, "")
                    .replaceFirst("^https?://", "")
                    .replaceFirst("[/:].*$", "");
            if (named.equalsIgnoreCase(host)) return true;
        }
        return false;
    }

    private static Found with(Kind kind, URI api, String project, Map<String, String> environment) {
        for (var variable : kind.variables) {
            var token = environment.getOrDefault(variable, "").strip();
            if (!token.isEmpty()) return new Found.Host(new CodeHost(kind, api, project, token));
        }
        return none(
                "There is no token for the API of " + kind.title() + ".",
                "Set " + String.join(" or ", kind.variables) + " to one that may write " + kind.request() + "s of "
                        + project + ".");
    }

    private static Found none(String reason, String remedy) {
        return new Found.None(new Refusal(reason, remedy));
    }

    /** Names of the variables that hold a token. */
    String variables() {
        return String.join(" or ", kind.variables);
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return "CodeHost[" + kind + ", " + api + ", " + project + "]";
    }
}
