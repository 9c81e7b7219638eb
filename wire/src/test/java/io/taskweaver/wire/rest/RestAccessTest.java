package io.taskweaver.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestAccessTest {
    private static final URI PLANS = URI.create("http://127.0.0.1:8101/api/plans");

    @Test
    void a_token_is_sent_as_a_bearer_token() throws IOException {
        assertThat(sent(RestAccess.of(Map.of(RestAccess.TOKEN, "abc-123")))).contains("Bearer abc-123");
        assertThat(sent(RestAccess.NONE)).isEmpty();
        assertThat(sent(RestAccess.of(Map.of(RestAccess.TOKEN, " ")))).isEmpty();
    }

    @Test
    void a_token_of_a_file_is_read_again_when_the_file_is_replaced(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "first\n");
        var access = RestAccess.of(Map.of(RestAccess.TOKEN_FILE, file.toString()));
        assertThat(sent(access)).contains("Bearer first");
        var next = Files.writeString(folder.resolve("token.new"), "other\n");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(sent(access)).contains("Bearer other");
    }

    @Test
    void a_token_that_cannot_stand_in_a_header_is_refused_without_showing_it(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> RestAccess.of(Map.of(RestAccess.TOKEN, "se\r\ncret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RestAccess.TOKEN)
                .hasMessageNotContaining("cret");
        var file = Files.writeString(folder.resolve("token"), "admin:two words\n");
        var access = RestAccess.of(Map.of(RestAccess.TOKEN_FILE, file.toString()));
        assertThatThrownBy(() -> access.request(PLANS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(RestAccess.TOKEN_FILE)
                .hasMessageNotContaining("words");
    }

    @Test
    void a_missing_file_is_named() {
        var access = RestAccess.of(Map.of(RestAccess.TOKEN_FILE, "/nowhere/token"));
        assertThatThrownBy(() -> access.request(PLANS)).hasMessageContaining("/nowhere/token");
        assertThatThrownBy(() -> RestAccess.of(Map.of(RestAccess.CA, "/nowhere/ca.pem")))
                .hasMessageContaining("/nowhere/ca.pem");
    }

    @Test
    void a_refusal_tells_a_wrong_token_from_a_missing_one() {
        assertThat(RestAccess.NONE.refusal(401).orElseThrow().reason()).contains("none is set");
        var wrong = RestAccess.of(Map.of(RestAccess.TOKEN, "wrong"));
        assertThat(wrong.refusal(401).orElseThrow().reason()).contains("refuses the token");
        assertThat(wrong.refusal(403).orElseThrow().hint()).contains("role");
        assertThat(wrong.refusal(404)).isEmpty();
    }

    private static Optional<String> sent(RestAccess access) throws IOException {
        return access.request(PLANS).build().headers().firstValue("Authorization");
    }
}
