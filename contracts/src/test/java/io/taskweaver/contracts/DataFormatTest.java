package io.taskweaver.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Operation;
import io.taskweaver.model.TaskId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fields\":{\"code\":\"abc\"}} | true",
                "{\"accepted\":true,\"fields\":{},\"problems\":[]} | true",
                "{\"accepted\":false,\"fields\":{},\"problems\":[\"expired\"]} | true",
                "{\"accepted\":false,\"fields\":{},\"problems\":[]} | false",
                "{\"accepted\":true,\"fields\":{},\"problems\":[\"expired\"]} | false",
                "{\"fields\":7} | false",
                "{} | false",
            })
    void the_schema_accepts_what_the_records_accept(String json, boolean accepted) throws Exception {
        var spec = new ComponentSpec(
                new TaskId("contract-1"),
                "Ledger",
                "Books.",
                "com.acme",
                List.of(new Operation("post", "Posts.", new TaskId("task-1"))),
                List.of());
        assertThat(DataFormatReading.of(ContractWriter.write(spec, 1)).accepts(json))
                .isEqualTo(accepted);
    }
}
