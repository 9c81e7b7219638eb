package io.taskweaver.contracts;

import java.util.List;

/** What a component's requests and results look like outside Java: JSON Schema 2020-12, and OpenAPI 3.1 over it. */
final class DataFormat {
    private DataFormat() {}

    /** One schema that holds for every request and result, each under its own name in {@code $defs}. */
    static String jsonSchema(ContractOutline outline) {
        var json = new StringBuilder(
                """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "$id": "urn:contract:%s:%d",
                  "title": %s,
                  "description": %s,
                  "anyOf": [
                """.formatted(outline.typeName(), outline.version(), title(outline), Prose.quoted(about(outline))));
        for (var method : outline.methods())
            json.append("    { \"$ref\": \"#/$defs/%s\" },\n".formatted(request(method)));
        json.append("    { \"$ref\": \"#/$defs/Result\" }\n  ],\n  \"$defs\": {\n");
        for (var method : outline.methods()) json.append("""
                    "%s": {
                      "description": %s,
                      "type": "object",
                      "properties": { "fields": { "type": "object" } },
                      "required": ["fields"],
                      "additionalProperties": false
                    },
                """.formatted(request(method), Prose.quoted(about(method))));
        return json.append("""
                    "Result": {
                      "description": "How an operation ended; exactly a refusal names problems.",
                      "type": "object",
                      "properties": {
                        "accepted": { "type": "boolean" },
                        "fields": { "type": "object" },
                        "problems": { "type": "array", "items": { "type": "string" } }
                      },
                      "required": ["accepted", "fields", "problems"],
                      "additionalProperties": false,
                      "if": { "properties": { "accepted": { "const": true } } },
                      "then": { "properties": { "problems": { "maxItems": 0 } } },
                      "else": { "properties": { "problems": { "minItems": 1 } } }
                    }
                  }
                }
                """).toString();
    }

    /** One POST for each operation, in OpenAPI 3.1. */
    static String openApi(ContractOutline outline) {
        var yaml = new StringBuilder("""
                openapi: 3.1.0
                info:
                  title: %s
                  version: "%d"
                  description: %s
                """.formatted(title(outline), outline.version(), Prose.quoted(about(outline))));
        yaml.append(outline.methods().isEmpty() ? "paths: {}\n" : "paths:\n");
        for (var method : outline.methods())
            yaml.append("""
                  /%s:
                    post:
                      operationId: "%s"
                      description: %s
                      requestBody:
                        required: true
                        content:
                          application/json:
                            schema:
                              $ref: "#/components/schemas/%s"
                      responses:
                        "200":
                          description: "It ended: done, or refused with its problems."
                          content:
                            application/json:
                              schema:
                                $ref: "#/components/schemas/Result"
                        "400":
                          description: "The request does not have the form that this document asks for."
                """.formatted(method.name(), method.name(), Prose.quoted(about(method)), request(method)));
        yaml.append("components:\n  schemas:\n");
        for (var method : outline.methods()) yaml.append("""
                    "%s":
                      type: object
                      properties:
                        fields:
                          type: object
                      required: [fields]
                      additionalProperties: false
                """.formatted(request(method)));
        return yaml.append("""
                    "Result":
                      description: "How an operation ended; exactly a refusal names problems."
                      type: object
                      properties:
                        accepted:
                          type: boolean
                        fields:
                          type: object
                        problems:
                          type: array
                          items:
                            type: string
                      required: [accepted, fields, problems]
                      additionalProperties: false
                """).toString();
    }

    private static String title(ContractOutline outline) {
        return Prose.quoted(outline.name().isEmpty() ? outline.typeName() : outline.name());
    }

    private static String about(ContractOutline outline) {
        return joined(outline.description());
    }

    private static String about(ContractOutline.Method method) {
        return method.description().isEmpty() ? method.name() : joined(method.description());
    }

    private static String joined(List<String> paragraphs) {
        return String.join("\n\n", paragraphs);
    }

    private static String request(ContractOutline.Method method) {
        return method.request().simpleName();
    }
}
