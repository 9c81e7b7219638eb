package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The API's description as users find it beside the documentation. */
class ApiDocumentTest {
    private static final Path BUILT = Path.of("../standalone/target/openapi/openapi.yaml");
    private static final Path COPY = Path.of("../docs/openapi.yaml");

    @Test
    void the_copy_in_the_documentation_is_what_the_runtime_serves() throws IOException {
        assertThat(Files.readString(COPY))
                .as("docs/openapi.yaml is stale: cp standalone/target/openapi/openapi.yaml docs/")
                .isEqualTo(Files.readString(BUILT));
    }
}
