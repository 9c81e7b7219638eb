package io.taskweaver.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    Path folder;

    @Test
    void a_token_stays_until_it_is_renewed() throws IOException {
        var file = TokenFile.in(folder);
        assertThat(file.token()).isEmpty();
        file.ensure();
        var first = file.token().orElseThrow();
        assertThat(first).matches("[A-Za-z0-9_-]{43}");
        file.ensure();
        assertThat(file.token()).contains(first);
        file.renew();
        assertThat(file.token().orElseThrow()).hasSize(43).isNotEqualTo(first);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file.path()));
    }

    @Test
    void only_its_owner_may_read_it() throws IOException {
        var file = TokenFile.in(folder);
        file.ensure();
        if (Files.getFileStore(folder).supportsFileAttributeView("posix"))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
    }

    @Test
    void a_client_that_names_it_sends_the_new_one_at_once() throws IOException {
        var file = TokenFile.in(folder);
        file.ensure();
        var access = RestAccess.of(Map.of(RestAccess.TOKEN_FILE, file.path().toString()));
        for (int i = 0; i < 20; i++) {
            file.renew();
            assertThat(access.request(java.net.URI.create("http://127.0.0.1"))
                            .build()
                            .headers()
                            .firstValue("Authorization"))
                    .contains("Bearer " + file.token().orElseThrow());
        }
    }
}
