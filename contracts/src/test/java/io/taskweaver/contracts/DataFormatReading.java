package io.taskweaver.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Contract.Kind;

/** A contract's schema and API, read by other people's parsers. */
record DataFormatReading(JsonNode schema, JsonNode api) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    static DataFormatReading of(Contract contract) throws JsonProcessingException {
        return new DataFormatReading(
                JSON.readTree(text(contract, Kind.DATA_FORMAT)), YAML.readTree(text(contract, Kind.API)));
    }

    /** One request per operation and one result, the same in both, and every reference resolves. */
    void assertDescribes(int operations) {
        assertThat(schema.get("$defs")).hasSize(operations + 1);
        assertThat(schema.get("anyOf")).hasSize(operations + 1);
        for (var reference : schema.get("anyOf"))
            assertThat(resolved(schema, reference).isObject()).isTrue();
        assertThat(api.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(api.get("paths")).hasSize(operations);
        assertThat(api.get("components").get("schemas")).hasSize(operations + 1);
        for (var path : api.get("paths")) {
            var body = path.at("/post/requestBody/content/application~1json/schema");
            assertThat(resolved(api, body).at("/properties/fields/type").asText())
                    .isEqualTo("object");
        }
    }

    /** The schema, ready to judge documents; its own form is checked against the 2020-12 meta-schema. */
    JsonSchema judge() {
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        return factory.getSchema(schema);
    }

    boolean accepts(String json) throws JsonProcessingException {
        return judge().validate(JSON.readTree(json)).isEmpty();
    }

    private static JsonNode resolved(JsonNode document, JsonNode reference) {
        return document.at(reference.get("$ref").asText().substring(1));
    }

    private static String text(Contract contract, Kind kind) {
        return contract.artifacts().stream()
                .filter(artifact -> artifact.kind() == kind)
                .findFirst()
                .orElseThrow()
                .content();
    }
}
