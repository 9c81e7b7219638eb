package io.taskweaver.code;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the git program gets at remotes: with what this machine's user has configured for Git, and with tokens of the
 * environment for the hosts that they are meant for. Nothing prompts, nothing but an address that may be pushed to is a
 * transport, and no token is in a command line.
 *
 * @param environment variables of this process
 */
public record RemoteAccess(Map<String, String> environment) {
    /** Variables by which people tell Git how to reach a server; all others of Git's lead into other repositories. */
    private static final List<String> KEPT = List.of(
            "GIT_ASKPASS",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_SSH_VARIANT",
            "GIT_SSL_",
            "GIT_HTTP_",
            "GIT_PROXY_",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_KEY_",
            "GIT_CONFIG_VALUE_");

    private static final List<String> TRANSPORTS = List.of(
            "-c", "protocol.allow=never",
            "-c", "protocol.https.allow=always",
            "-c", "protocol.http.allow=always",
            "-c", "protocol.ssh.allow=always",
            "-c", "protocol.file.allow=always");

    /** A kind of server that has tokens. */
    private record Tokens(String usualHost, String hostVariable, String user, List<String> variables) {}

    private static final List<Tokens> KNOWN = List.of(
            new Tokens("github.com", "GH_HOST", "x-access-token", List.of("GITHUB_TOKEN", "GH_TOKEN")),
            new Tokens("gitlab.com", "GITLAB_HOST", "oauth2", List.of("GITLAB_TOKEN")));

    public RemoteAccess {
        environment = Map.copyOf(environment);
    }

    /** With what this process was started with. */
    public static RemoteAccess ofProcess() {
        return new RemoteAccess(System.getenv());
    }

    /** Git with access to an address. */
    Git git(Git git, String url) throws IOException, InterruptedException {
        var variables = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (KEPT.stream().anyMatch(name::startsWith)) variables.put(name, value);
        });
        variables.put("SSH_ASKPASS", "");
        variables.put("SSH_ASKPASS_REQUIRE", "never");
        variables.put("GCM_INTERACTIVE", "never");
        var options = new ArrayList<>(TRANSPORTS);
        options.addAll(tokenFor(url));
        var with = git.with(variables).options(options.toArray(String[]::new));
        return hasOwnSsh(with) ? with : with.with(Map.of("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"));
    }

    private boolean hasOwnSsh(Git git) throws IOException, InterruptedException {
        return environment.containsKey("GIT_SSH")
                || environment.containsKey("GIT_SSH_COMMAND")
                || git.run(List.of("config", "core.sshCommand"), new byte[0]).code() == 0;
    }

    /** A credential helper that prints a token, for the host of the address alone. */
    private List<String> tokenFor(String url) {
        var host = host(url);
        if (host.isEmpty()) return List.of();
        for (var tokens : KNOWN) {
            var named = environment.getOrDefault(tokens.hostVariable(), "");
            if (!host.get().equals(tokens.usualHost()) && !host.get().equals(named)) continue;
            for (var variable : tokens.variables())
                if (!environment.getOrDefault(variable, "").isBlank())
                    return List.of(
                            "-c",
                            "credential.https://" + host.get() + ".helper=!f() { test \"$1\" = get && echo username="
                                    + tokens.user() + " && echo \"password=$" + variable + "\"; }; f");
        }
        return List.of();
    }

    private static Optional<String> host(String url) {
        if (!url.startsWith("https://")) return Optional.empty();
        try {
            return Optional.ofNullable(URI.create(url).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
