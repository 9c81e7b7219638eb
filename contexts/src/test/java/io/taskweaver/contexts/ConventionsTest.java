package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeFile;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConventionsTest {
    private static CodeFile file(String path, String text) {
        return new CodeFile(path, text.length(), Optional.of(text));
    }

    private static List<CodeFile> files(String... paths) {
        return Arrays.stream(paths).map(path -> file(path, "")).toList();
    }

    @Test
    void languages_build_tests_names_and_packages_are_read_off_the_files() {
        assertThat(Conventions.of(List.of(
                        file("pom.xml", "<artifactId>junit-jupiter</artifactId>"),
                        file("src/main/java/acme/shop/Order.java", "package acme.shop;"),
                        file("src/main/java/acme/shop/cart/CartItem.java", "package acme.shop.cart;"),
                        file("src/test/java/acme/shop/OrderTest.java", "package acme.shop;"),
                        file("CONTRIBUTING.md", "Be kind."))))
                .containsExactly(
                        "Language: Java (3 files below `src/main/java/acme/shop`)",
                        "Build: Maven (`pom.xml`)",
                        "Build and test: `mvn verify`",
                        "Tests: JUnit 5; 1 file, e.g. `src/test/java/acme/shop/OrderTest.java`",
                        "File names: PascalCase, e.g. `Order.java`",
                        "Packages: below `acme.shop`",
                        "Rules for contributors: `CONTRIBUTING.md`");
    }

    @Test
    void other_worlds_have_their_own_tools() {
        assertThat(Conventions.of(files("go.mod", "cmd/main.go", "store/store_test.go")))
                .contains("Language: Go (2 files below `cmd`)", "Build: Go modules (`go.mod`)")
                .anyMatch(line -> line.startsWith("Tests: go test; 1 file"));
        assertThat(Conventions.of(List.of(
                        file("package.json", "{\"devDependencies\": {\"vitest\": \"1\"}}"),
                        file("pnpm-lock.yaml", ""),
                        file("src/order-list.ts", ""),
                        file("src/order-item.ts", ""),
                        file("src/shop-cart.ts", ""))))
                .contains(
                        "Build: pnpm (`pnpm-lock.yaml`)",
                        "Tests: Vitest",
                        "File names: kebab-case, e.g. `order-item.ts`");
    }

    @Test
    void commands_are_those_that_the_build_files_have() {
        assertThat(Conventions.of(List.of(
                        file("package.json", "{\"scripts\": {\"test\": \"vitest\", \"build\" : \"vite build\"}}"),
                        file("yarn.lock", ""),
                        file("Makefile", "check: test\nbuild := 1\n"),
                        file("src/a.ts", ""))))
                .contains("Build and test: `yarn run build`, `yarn run test`, `make check`");
        assertThat(Conventions.of(files("Package.swift", "Sources/A.swift")))
                .contains("Build and test: `swift build`, `swift test`");
        assertThat(Conventions.of(List.of(file("pyproject.toml", "dev = ['pytest>=8']"), file("a.py", ""))))
                .contains("Build and test: `pytest`");
        assertThat(Conventions.of(files("src/a.c"))).noneMatch(line -> line.startsWith("Build and test"));
    }

    @Test
    void of_nothing_nothing_is_said() {
        assertThat(Conventions.of(List.of())).isEmpty();
        assertThat(Conventions.of(files("notes.txt"))).isEmpty();
    }

    @Property(tries = 200)
    void the_order_of_files_does_not_matter(@ForAll List<String> names) {
        var code = new java.util.ArrayList<>(names.stream()
                .map(name -> file("src/" + name + ".java", "package " + name + ";"))
                .toList());
        var one = Conventions.of(code);
        Collections.reverse(code);

        assertThat(Conventions.of(code)).containsExactlyInAnyOrderElementsOf(one);
    }
}
