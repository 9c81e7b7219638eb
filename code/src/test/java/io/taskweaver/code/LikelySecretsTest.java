package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelySecretsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "app/.env.production",
                "prod.env",
                "tls/server.pem",
                "server.key",
                "id_rsa",
                ".aws/credentials",
                "credentials.json",
                ".npmrc",
                "secrets.yaml",
                "prod.tfvars"
            })
    void names_of_files_with_secrets(String path) {
        assertThat(LikelySecrets.isNamed(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".env.example", "sample.env", "id_rsa.pub", "keys.js", "environment", "Credentials.java", "key"})
    void names_of_others(String path) {
        assertThat(LikelySecrets.isNamed(path)).isFalse();
    }

    @Test
    void those_are_named_that_are_in_the_base_and_not_tracked() throws Exception {
        var code = Files.createDirectories(folder.resolve("code"));
        Git.ofUser(code).text("init", "--quiet");
        for (var file : new String[] {".env", ".env.local", "server.key", "a.txt"})
            Files.writeString(code.resolve(file), "x\n");
        Files.writeString(code.resolve(".gitignore"), ".env.local\n");
        Git.ofUser(code).text("add", "server.key");
        try (var ours = CodeRepository.open(folder.resolve("ours"))) {
            var base = CodeSnapshot.take(code, Set.of(), ours);
            assertThat(LikelySecrets.in(ours, base)).containsExactly(".env");
        }
        var plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("id_rsa"), "x\n");
        try (var ours = CodeRepository.open(folder.resolve("others"))) {
            assertThat(LikelySecrets.in(ours, CodeSnapshot.take(plain, Set.of(), ours)))
                    .containsExactly("id_rsa");
        }
    }
}
