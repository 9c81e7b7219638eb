package io.taskweaver.access;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets that asks wrongly, or of whom we ask too much. */
@QuarkusTest
@TestProfile(ShortLimits.class)
class ProblemsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":                              | it is not JSON
            {"name":"n"} x                        | it is not JSON
            {"name":"n"} {}                       | there is data after the end
            nonsense                              | it is not JSON
            {"name":"a","name":"b"}               | Duplicate field 'name'
            {"nane":"n"}                          | nane: unknown field; known fields are count, name, parts, size, words
            {"name":5}                            | name: a text is expected
            {"name":{}}                           | name: a text is expected
            {"count":"5"}                         | count: a whole number from -2147483648 to 2147483647 is expected
            {"count":1.5}                         | count: a whole number
            {"count":99999999999}                 | count: the number is out of range
            {"count":NaN}                         | it is not JSON
            {"count":1e999}                       | count: a whole number
            {"words":["a",null]}                  | words[1]: null is not allowed
            {"words":"a"}                         | words: a list is expected
            {"words":[["a"]]}                     | words[0]: a text is expected
            {"parts":{"p":null}}                  | parts.p: null is not allowed
            {"parts":{"p":{"words":[null]}}}      | parts.p.words[0]: null is not allowed
            {"size":"huge"}                       | size: the value is one of [SMALL, LARGE]
            {"size":1}                            | size: the value is one of [SMALL, LARGE]
            {"name":"\\ud800"}                    | name: the text has half of a surrogate pair at position 0
            {"name":"a\\u0000"}                   | name: the text has a NUL character at position 1
            []                                    | an object is expected
            "text"                                | an object is expected
            """)
    void a_body_that_cannot_be_used_is_refused_and_the_place_named(String body, String what) {
        post(body).body("detail", containsString(what)).body("detail", startsWith("The body is invalid: "));
    }

    @Test
    void a_body_that_goes_too_deep_is_refused() {
        post("[".repeat(100_000));
        post("{\"parts\":{\"p\":".repeat(5_000)).body("detail", containsString("more deeply than 32 levels"));
    }

    @Test
    void a_body_that_is_not_utf_8_is_refused() {
        isProblem(
                400,
                given().contentType("application/json")
                        .body(new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'})
                        .post("/api/test")
                        .then());
    }

    @Test
    void a_body_that_is_too_large_is_refused_with_the_limit() {
        isProblem(
                        413,
                        given().contentType("application/json")
                                .body("x".repeat(1_100_000))
                                .post("/api/test")
                                .then())
                .body("detail", containsString("1048576"));
    }

    @Test
    void what_is_nowhere_is_a_problem_document() {
        isProblem(404, when().get("/api/nowhere").then()).body("detail", containsString("/api/nowhere"));
        isProblem(404, when().get("/nowhere").then());
        isProblem(405, when().delete("/api/test").then()).body("detail", containsString("DELETE"));
        isProblem(406, given().accept("image/png").get("/api/test/large").then());
        isProblem(
                415,
                given().contentType("text/plain").body("{}").post("/api/test").then());
    }

    @Test
    void what_is_no_http_is_a_problem_document() throws IOException {
        assertThat(raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                .contains(" 414 ")
                .contains("application/problem+json");
        assertThat(raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(50_000) + "\r\n\r\n"))
                .contains(" 431 ")
                .contains("application/problem+json");
        assertThat(raw("\0\1\2 nonsense\r\n\r\n")).contains(" 400 ").contains("application/problem+json");
    }

    @Test
    void a_client_that_still_sends_what_is_no_http_gets_its_answer() throws IOException {
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            var out = socket.getOutputStream();
            out.write(("POST /" + "a".repeat(70_000)).getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            for (int i = 0; i < 100; i++) out.write(new byte[10_000]);
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("TTP/1.0 414 ");
        }
    }

    @Test
    void an_answer_that_comes_before_the_body_was_read_reaches_the_client() throws IOException {
        for (int body : new int[] {2, 100_000})
            assertThat(raw("POST /api/test HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port
                            + "\r\nContent-Type: application/json\r\nExpect: the-unexpected\r\nContent-Length: " + body
                            + "\r\n\r\n" + "x".repeat(body)))
                    .contains(" 417 ")
                    .contains("application/problem+json");
    }

    @Test
    void a_fault_of_ours_is_told_by_an_id_and_nothing_else() {
        for (var path : new String[] {"/api/test/broken", "/api/test/error"})
            isProblem(500, when().get(path).then())
                    .body("hint", allOf(containsString("under the id"), not(containsString("java"))));
    }

    @Test
    void a_question_for_health_with_a_body_is_refused_unread() throws IOException {
        assertThat(raw("GET /q/health HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port
                        + "\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n"))
                .contains(" 400 ")
                .contains("must not have a body");
    }

    @Test
    void no_body_is_no_body() {
        given().contentType("application/json").post("/api/test").then().statusCode(200);
    }

    /** As bytes: a text would be laid out for a report first, which takes a deep one seconds. */
    private static ValidatableResponse post(String body) {
        return isProblem(
                400,
                given().contentType("application/json")
                        .body(body.getBytes(StandardCharsets.UTF_8))
                        .post("/api/test")
                        .then());
    }

    private static ValidatableResponse isProblem(int status, ValidatableResponse answer) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("hint", notNullValue())
                .body("detail", not(containsString("java")))
                .body("detail", not(containsString("jackson")));
    }

    /** What the server says to bytes, up to the end of its first document. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            var in = socket.getInputStream();
            for (int c = in.read(); c >= 0 && c != '}'; c = in.read()) answer.append((char) c);
            return answer.toString();
        }
    }
}
