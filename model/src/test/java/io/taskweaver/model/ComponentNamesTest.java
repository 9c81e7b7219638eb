package io.taskweaver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import javax.lang.model.SourceVersion;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentNamesTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "Short Code Generator, ShortCodeGenerator",
        "short-code-generator, ShortCodeGenerator",
        "ShortCodeGenerator, ShortCodeGenerator",
        "URL Shortener, URLShortener",
        "AUDIT LOG, AuditLOG",
        "NOTIFICATIONS, Notifications",
        "3D Viewer, C3DViewer",
        "Billing & Invoicing, BillingAndInvoicing",
        "C++, CPlusPlus",
        "Café Menü, CafeMenu",
        "Straße, Strasse",
        "String, StringComponent",
        "list, ListComponent",
        "result, ResultComponent",
        "User's Profile, UsersProfile",
        "数据, U6570u636e",
        "🚀, Cu1f680",
    })
    void a_component_is_named_after_its_words(String component, String name) {
        assertThat(ComponentNames.typeName(component)).isEqualTo(name);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Users shall be able to filter customers by multiple attributes | filterCustomersByMultipleAttributes",
                "FR-001: The system must create a short link for a long URL | createShortLink",
                "US1 As a clerk, I want to export the report | exportReport",
                "Duplicate links must be rejected | ensureDuplicateLinksRejected",
                "Delete the account | deleteAccount",
                "Limit each team to its own links | limitTeamToLinks",
                "Save a link with its code, target, team and time of creation | saveLink",
                "Let members sign in with the company's account | letMembersSignIn",
                "Notify | doNotify",
                "return | doReturn",
                "2FA login | do2faLogin",
                "?! | dou003fu0021",
                "HTTP redirect | httpRedirect",
                "Search customers by name and city and | searchCustomersByName",
            })
    void an_operation_is_named_after_what_its_task_does(String title, String name) {
        assertThat(ComponentNames.operationName(title)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"New, com.acme.newcomponent", "Short Code Generator, com.acme.shortcodegenerator"})
    void a_package_is_a_lower_case_sub_package_of_the_base(String component, String name) {
        assertThat(ComponentNames.packageName("com.acme", component)).isEqualTo(name);
    }

    @Property
    void any_text_gives_a_valid_type_name(@ForAll("texts") String text) {
        var name = ComponentNames.typeName(text);
        assertThat(SourceVersion.isName(name)).as(name).isTrue();
        assertThat(name).matches("[A-Z][A-Za-z0-9]{0,59}").isEqualTo(ComponentNames.typeName(text));
    }

    @Property
    void any_text_gives_a_valid_package_and_path(@ForAll("texts") String text) {
        var name = ComponentNames.packageName("com.acme", text);
        assertThat(SourceVersion.isName(name)).as(name).isTrue();
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
        assertThat(ComponentNames.sourcePath("com.acme", text, "Any"))
                .isEqualTo("src/main/java/" + name.replace('.', '/') + "/Any.java");
    }

    @Property
    void any_text_gives_a_valid_operation_name(@ForAll("texts") String text) {
        var name = ComponentNames.operationName(text);
        assertThat(SourceVersion.isName(name)).as(name).isTrue();
        assertThat(name).matches("[a-z][A-Za-z0-9]{0,59}").isEqualTo(ComponentNames.operationName(text));
        assertThat(Object.class.getDeclaredMethods())
                .noneMatch(method -> method.getName().equals(name));
    }

    @Property
    void operations_of_one_component_differ_by_more_than_case(@ForAll("titles") List<String> titles) {
        var names = ComponentNames.operationNames(titles);
        assertThat(names).hasSameSizeAs(titles);
        var lower = new HashSet<String>();
        assertThat(names).allMatch(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(200),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(80),
                Arbitraries.of(
                        "int", "class", "_", "", "-", "new", "Object", "wait", "be", "must", "I want", "a", "FR 1 2"),
                Arbitraries.of("must", "shall", "be", "able", "to", "the", "a", "Filter", "FR-1", "wait", "é", "ß")
                        .list()
                        .ofMaxSize(9)
                        .map(words -> String.join(" ", words)));
    }

    @Provide
    Arbitrary<List<String>> titles() {
        return Arbitraries.of("Add", "add", "Add 2", "ADD", "x", "", "the")
                .list()
                .ofMaxSize(12);
    }
}
