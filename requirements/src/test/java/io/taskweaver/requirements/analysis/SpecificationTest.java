package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Features in Gherkin and descriptions of interfaces as sources of requirements. */
class SpecificationTest {
    private static final String API = """
            openapi: 3.1.0
            info: { title: Parcel API, version: "1" }
            security:
              - bearer: []
            paths:
              /parcels:
                get:
                  operationId: listParcels
                  summary: List the parcels of a member
                  tags: [Parcels]
                  parameters:
                    - { name: size, in: query, required: true, schema: { type: string, enum: [S, M] } }
                  responses:
                    "200":
                      description: The parcels
                      content:
                        application/json:
                          schema: { type: array, items: { $ref: "#/components/schemas/Parcel" } }
                post:
                  operationId: createParcel
                  tags: [Parcels]
                  description: It shall not accept parcels without size.
                  requestBody:
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/Parcel" }
                  responses:
                    "201": { description: Created }
                    "400": { $ref: "#/components/responses/Bad" }
              /lockers/{id}/open:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: integer, format: int64 } }
                post:
                  summary: Open a locker.
                  responses:
                    default: { description: Error }
            components:
              responses:
                Bad: { description: The size is missing }
              securitySchemes:
                bearer: { type: http, scheme: bearer }
              schemas:
                Parcel:
                  type: object
                  required: [id]
                  properties:
                    id: { type: string }
                    whole: { $ref: "#/components/schemas/Parcel" }
            """;

    private static Analysis read(String path, String text) {
        var document = new Document(path, text);
        assertThat(Analyst.problem(document)).isEmpty();
        var read = Analyst.read(document);
        assertThat(read.analysis()).isEqualTo(Analyst.analyse(document));
        assertThat(read.account().lines()).hasSize(text.split("\n", -1).length);
        return read.analysis();
    }

    private static List<String> titles(Analysis analysis) {
        return analysis.requirements().stream()
                .map(requirement -> requirement.id().map(id -> id + " ").orElse("") + requirement.title())
                .toList();
    }

    @Test
    void each_operation_is_a_requirement_with_its_answers_as_criteria() {
        var analysis = read("api.yaml", API);
        assertThat(analysis.title()).contains("Parcel API");
        assertThat(titles(analysis))
                .containsExactly(
                        "listParcels List the parcels of a member", "createParcel Create parcel", "Open a locker");
        var list = analysis.requirements().get(0);
        assertThat(list.criteria()).containsExactly("Answers 200: The parcels (list of Parcel)");
        assertThat(list.text())
                .contains(
                        "`GET /parcels`",
                        "`size` (query, one of S, M, required)",
                        "`Parcel` has `id` (string, required)");
        assertThat(list.component().map(Component::name)).contains("Parcels");
        assertThat(list.at().toString()).isEqualTo("api.yaml:7-18");
        var create = analysis.requirements().get(1);
        assertThat(create.criteria()).containsExactly("Answers 201: Created", "Answers 400: The size is missing");
        assertThat(create.text()).contains("It shall not accept parcels without size.", "Body: Parcel.");
        var open = analysis.requirements().get(2);
        assertThat(open.text()).contains("`id` (path, integer int64, required)");
        assertThat(open.component().map(Component::name)).contains("Lockers");
        assertThat(analysis.entities()).extracting(Component::name).containsExactly("Parcel");
        assertThat(analysis.constraints())
                .extracting(Statement::text)
                .containsExactly("Every operation requires bearer (http bearer), unless it says otherwise.");
    }

    @Test
    void json_and_swagger_are_read_too() {
        var text = """
                {
                \t"swagger": "2.0",
                \t"info": {"title": "Boutique", "version": "1"},
                \t"paths": {
                \t\t"\\/commandes": {
                \t\t\t"post": {
                \t\t\t\t"operationId": "creerCommande",
                \t\t\t\t"summary": "Créer une commande",
                \t\t\t\t"parameters": [{"in": "body", "name": "commande", "schema": {"$ref": "#/definitions/Commande"}}],
                \t\t\t\t"responses": {"201": {"description": "Créée"}}
                \t\t\t}
                \t\t}
                \t},
                \t"definitions": {"Commande": {"properties": {"numero": {"type": "integer"}}}}
                }
                """;
        var analysis = read("api.json", text);
        assertThat(titles(analysis)).containsExactly("creerCommande Créer une commande");
        assertThat(analysis.requirements().getFirst().text()).contains("Body: Commande.", "`numero` (integer)");
        assertThat(titles(read("api.json", text.replace("\n", " ").replace("\t", ""))))
                .containsExactly("creerCommande Créer une commande");
    }

    @Test
    void each_scenario_is_a_requirement_with_its_steps_as_criteria() {
        var analysis = read("pickup.feature", """
                @parcel
                Feature: Parcel pickup
                  As a member I want my parcel.

                  Background:
                    Given a parcel in a locker

                  @PU-1 @must
                  Scenario: Open with a valid code
                    When the member enters the code
                    Then the locker opens
                    And the code is deleted
                    When the member enters it again
                    Then the locker stays closed

                  Rule: Wrong codes
                    Scenario Outline: Enter a wrong code
                      When the member fails <n> times
                      Then the desk shows <what>
                      Examples:
                        | n | what |
                        | 1 | hint |
                        | 3 | lock |
                """);
        assertThat(analysis.title()).contains("Parcel pickup");
        assertThat(titles(analysis)).containsExactly("PU-1 Open with a valid code", "Enter a wrong code");
        var open = analysis.requirements().getFirst();
        assertThat(open.criteria())
                .containsExactly(
                        "Given a parcel in a locker, when the member enters the code, then the locker opens, and the code"
                                + " is deleted",
                        "When the member enters it again, then the locker stays closed");
        assertThat(open.importance()).contains(Importance.HIGH);
        assertThat(open.component().map(Component::name)).contains("Parcel pickup");
        assertThat(open.at().toString()).isEqualTo("pickup.feature:8-14");
        var wrong = analysis.requirements().get(1);
        assertThat(wrong.section()).containsExactly("Parcel pickup", "Wrong codes");
        assertThat(wrong.criteria()).contains("Examples: n = 1, what = hint", "Examples: n = 3, what = lock");
    }

    @Test
    void features_are_read_in_other_languages_and_by_their_content() {
        assertThat(titles(read("wanted.txt", """
                # language: de
                Funktionalität: Bücher ausleihen
                  Szenario: Ein Buch ausleihen
                    Angenommen ein Buch ist frei
                    Wenn der Leser es ausleiht
                    Dann ist es vergeben
                """))).containsExactly("Ein Buch ausleihen");
        assertThat(titles(read("standard input", """
                # Lending
                @lending
                Feature: Lend books

                  Scenario: Lend a book
                    Given a book
                """))).containsExactly("Lend a book");
        assertThat(titles(read("x.feature", """
                # language: zh-CN
                功能: 借书
                  场景: 借一本书
                    假如 有一本书
                    当 读者借书
                    那么 书被借出
                """))).containsExactly("借一本书");
    }

    @Test
    void a_feature_without_scenarios_is_one_requirement() {
        var analysis = read("later.feature", "Feature: Lend books\n  As a reader I want to lend books.\n");
        assertThat(titles(analysis)).containsExactly("Lend books");
        assertThat(analysis.requirements().getFirst().text()).contains("As a reader");
    }

    @Test
    void a_specification_that_is_broken_is_reported_with_its_line() {
        assertThat(Analyst.problem(new Document("api.yaml", "openapi: 3.0.0\npaths:\n  /a:\n   get: [\n")))
                .hasValueSatisfying(problem -> assertThat(problem.at()).isPresent());
        assertThat(Analyst.problem(new Document("a.feature", "Feature: x\n  Scenario: y\n    Given z\n    bogus\n")))
                .hasValueSatisfying(problem ->
                        assertThat(problem.at().orElseThrow().firstLine()).isEqualTo(4));
    }

    @Test
    void prose_is_none() {
        for (var text : List.of(
                "# API\n\nIt follows openapi: 3.0.0 with paths: below /v1\n\n- The system shall answer\n",
                "Feature: sign in\n\n- Users can sign in\n",
                "# Features\n\n```gherkin\nFeature: x\n  Scenario: y\n```\n\n- The system shall answer\n"))
            assertThat(Specification.of(new Document("d.md", text))).as(text).isEqualTo(Optional.empty());
    }
}
