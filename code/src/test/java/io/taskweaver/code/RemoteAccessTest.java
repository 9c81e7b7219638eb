package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.model.CodeRemote;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAccessTest {
    @TempDir
    private Path folder;

    /** What git would send to a server. */
    private String filled(Map<String, String> environment, String host) throws Exception {
        var git = new RemoteAccess(environment)
                .git(Git.in(folder).with(environment), "https://" + host + "/acme/shop.git");
        var end = git.run(List.of("credential", "fill"), ("protocol=https\nhost=" + host + "\n\n").getBytes());
        return new String(end.output());
    }

    @Test
    void a_token_goes_to_its_own_host_and_is_in_no_command_line() throws Exception {
        assertThat(filled(Map.of("GITHUB_TOKEN", "tok-1"), "github.com"))
                .contains("username=x-access-token", "password=tok-1");
        assertThat(filled(Map.of("GH_TOKEN", "tok-1", "GH_HOST", "git.acme.example"), "git.acme.example"))
                .contains("password=tok-1");
        assertThat(filled(Map.of("GITLAB_TOKEN", "tok-2"), "gitlab.com")).contains("username=oauth2", "password=tok-2");
        assertThat(filled(Map.of("GITHUB_TOKEN", "tok-1", "GITLAB_TOKEN", "tok-2"), "github.com.evil.example"))
                .doesNotContain("tok-");
    }

    @Test
    void a_server_that_wants_a_password_is_an_error_and_no_question() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=x");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/acme/shop.git";
            var remote = new RemoteRepository(new CodeRemote("origin", url), new RemoteAccess(Map.of()));
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    RemoteException.class, () -> remote.references(Git.in(folder), List.of("HEAD")))
                            .reason())
                    .isEqualTo(RemoteException.Cause.CREDENTIALS);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/shop.git",
                "https://acme@dev.azure.com/acme/_git/shop",
                "git@github.com:acme/shop.git",
                "ssh://git@host:2222/shop.git",
                "/srv/git/shop.git",
                "file:///srv/git/shop.git",
                "host:shop.git"
            })
    void addresses_that_may_be_pushed_to(String url) {
        assertThat(CodeRemote.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@github.com/a/b, password or token",
        "https://ghp_0123456789012345678901234567890123456@github.com/a/b, password or token",
        "ssh://git:secret@host/a, password or token",
        "https://host/a?private_token=x, query",
        "ext::sh -c touch% pwned, none of",
        "--upload-pack=x, none of",
        "ftp://host/x, scheme ftp",
        "git://host/x, scheme git",
        "relative/path, neither",
        "' ', empty"
    })
    void addresses_that_may_not(String url, String reason) {
        assertThat(CodeRemote.problem(url))
                .hasValueSatisfying(text -> assertThat(text).contains(reason).doesNotContain("secret@", "ghp_"));
    }

    @ParameterizedTest
    @CsvSource({
        "fatal: Could not resolve host: github.com, UNREACHABLE",
        "fatal: Authentication failed for 'https://x', CREDENTIALS",
        "git@github.com: Permission denied (publickey)., CREDENTIALS",
        "remote: Repository not found., MISSING",
        "! [remote rejected] x -> x (pre-receive hook declined), REJECTED",
        "fatal: something new, FAILED"
    })
    void what_git_prints_is_told_apart(String printed, RemoteException.Cause cause) {
        assertThat(RemoteException.of("push", printed).reason()).isEqualTo(cause);
    }
}
