package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final String ONE = "0123456789abcdef";
    private static final String OTHER = "fedcba9876543210";
    private static final String FIXED = "that-of-the-settings";

    @TempDir
    Path folder;

    @Test
    void a_line_is_a_role_and_a_token() throws IOException {
        var tokens = tokens("# who\n\nviewer:" + ONE + "\n operator : " + OTHER + "==\n");
        assertThat(tokens.roleOf(ONE)).contains(AccessRole.VIEWER);
        assertThat(tokens.roleOf(OTHER + "==")).contains(AccessRole.OPERATOR);
        assertThat(tokens.roleOf(OTHER)).isEmpty();
        assertThat(tokens.roleOf("")).isEmpty();
        assertThat(tokens.roleOf("viewer:" + ONE)).isEmpty();
        assertThat(tokens.roleOf(FIXED)).contains(AccessRole.OPERATOR);
    }

    @Test
    void a_token_with_several_roles_has_the_highest() throws IOException {
        var tokens = tokens("viewer:" + ONE + "\nadmin:" + ONE + "\noperator:" + ONE + "\n");
        assertThat(tokens.roleOf(ONE)).contains(AccessRole.ADMIN);
    }

    @Test
    void a_token_is_renewed_while_the_service_runs() throws IOException {
        var file = folder.resolve("tokens");
        var tokens = tokens("admin:" + ONE + "\n");
        Files.writeString(file, "admin:" + OTHER + "-longer\n");
        assertThat(tokens.roleOf(ONE)).isEmpty();
        assertThat(tokens.roleOf(OTHER + "-longer")).contains(AccessRole.ADMIN);
    }

    @Test
    void while_a_file_is_unusable_nobody_is_let_in_by_it() throws IOException {
        var file = folder.resolve("tokens");
        var tokens = tokens("admin:" + ONE + "\n");
        Files.writeString(file, "admin:" + ONE + "\nnobody:" + OTHER + "\n");
        assertThat(tokens.roleOf(ONE)).isEmpty();
        Files.delete(file);
        assertThat(tokens.roleOf(ONE)).isEmpty();
        Files.writeString(file, "admin:" + ONE + "\n");
        assertThat(tokens.roleOf(ONE)).contains(AccessRole.ADMIN);
    }

    @Test
    void an_unusable_file_is_refused_at_the_start_with_its_line_and_without_the_token() throws IOException {
        for (var text : List.of(ONE, "root:" + ONE, "viewer:" + ONE + "\nadmin:short", "admin:with space 1234567890"))
            assertThatThrownBy(() -> tokens(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line " + text.lines().count())
                    .hasMessageContaining(folder.resolve("tokens").toString())
                    .hasMessageNotContainingAny(ONE, "short", "space");
        assertThatThrownBy(() -> tokens("# none\n")).hasMessageContaining("no token");
    }

    private Tokens tokens(String text) throws IOException {
        var file = Files.writeString(folder.resolve("tokens"), text);
        return new Tokens(new AccessSettings() {
            @Override
            public Optional<Path> tokensFile() {
                return Optional.of(file);
            }

            @Override
            public Optional<List<String>> tokens() {
                return Optional.of(List.of("operator:" + FIXED));
            }

            @Override
            public Optional<Path> adminTokenFile() {
                return Optional.empty();
            }

            @Override
            public Optional<List<String>> hosts() {
                return Optional.empty();
            }

            @Override
            public Optional<String> token() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> tokenFile() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> ca() {
                return Optional.empty();
            }
        });
    }
}
