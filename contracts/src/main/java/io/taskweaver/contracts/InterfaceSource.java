package io.taskweaver.contracts;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * The Java interface of a component. Every operation has the same form, {@code Result name(NameRequest request)}, with
 * the records nested in the interface, so that tools need not understand more.
 */
final class InterfaceSource {
    static final TypeName FIELDS = ParameterizedTypeName.get(Map.class, String.class, Object.class);
    private static final TypeName PROBLEMS = ParameterizedTypeName.get(List.class, String.class);

    /** Those who implement and those who call know nothing of each other but this text: both have to find the same names. */
    private static final String FIELD_NAMES = """


        <p>Fields go by the words of the requirement, in the singular and in lower camel case: a time of creation is
        {@code timeOfCreation}. A field that names a thing of its own is its id ({@code teamId}), a text; times are texts as
        ISO 8601 has them, numbers are numbers, several values are a list.\
        """.stripTrailing();

    private InterfaceSource() {}

    static String of(ContractOutline outline) {
        var type = TypeSpec.interfaceBuilder(outline.typeName())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("$L\n\n<p>Version $L of the contract.\n", about(outline), outline.version());
        for (var method : outline.methods()) type.addMethod(operation(outline, method));
        for (var method : outline.methods()) type.addType(request(method));
        return source(outline, type.addType(result(outline)).build());
    }

    /** A source file of a contract. */
    static String source(ContractOutline outline, TypeSpec type) {
        return JavaFile.builder(outline.packageName(), type)
                .indent("    ")
                .skipJavaLangImports(true)
                .build()
                .toString();
    }

    private static String about(ContractOutline outline) {
        var name = Prose.escaped(outline.name().isEmpty() ? outline.typeName() : outline.name()) + ".";
        var described =
                outline.description().isEmpty() ? name : name + "\n\n<p>" + Prose.javadoc(outline.description());
        return outline.methods().isEmpty() ? described : described + FIELD_NAMES;
    }

    private static MethodSpec operation(ContractOutline outline, ContractOutline.Method method) {
        var description = method.description().isEmpty()
                ? "Performs the operation " + method.name() + "."
                : Prose.javadoc(method.description());
        return MethodSpec.methodBuilder(method.name())
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .addJavadoc("$L\n\n", description)
                .addJavadoc("@param request the input, never null\n")
                .addJavadoc("@return the result, never null\n")
                .addJavadoc("@throws NullPointerException if the request is null\n")
                .addParameter(method.request(), "request")
                .returns(outline.result())
                .build();
    }

    private static TypeSpec request(ContractOutline.Method method) {
        return TypeSpec.recordBuilder(method.request().simpleName())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("Input of {@link #$L}.\n\n", method.name())
                .addJavadoc("@param fields values by name; neither is null\n")
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(FIELDS, "fields")
                        .build())
                .addMethod(compact("Copies the values.", CodeBlock.of("fields = $T.copyOf(fields);\n", Map.class)))
                .build();
    }

    private static TypeSpec result(ContractOutline outline) {
        return TypeSpec.recordBuilder(ContractOutline.RESULT)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("Result of an operation.\n\n")
                .addJavadoc("@param accepted whether the operation succeeded\n")
                .addJavadoc("@param fields values by name; neither is null\n")
                .addJavadoc("@param problems reasons for a refusal, for people; empty on success\n")
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(TypeName.BOOLEAN, "accepted")
                        .addParameter(FIELDS, "fields")
                        .addParameter(PROBLEMS, "problems")
                        .build())
                .addMethod(compact(
                        "Copies the values and checks that exactly a refusal names problems.",
                        CodeBlock.builder()
                                .addStatement("fields = $T.copyOf(fields)", Map.class)
                                .addStatement("problems = $T.copyOf(problems)", List.class)
                                .addStatement(
                                        "if (accepted != problems.isEmpty())" + " throw new $T($S)",
                                        IllegalArgumentException.class,
                                        "a refusal names its problems, and nothing else does")
                                .build()))
                .addMethod(factory(outline.result(), "done", FIELDS, "fields", "values of the result", "Success.")
                        .addStatement("return new $T(true, fields, $T.of())", outline.result(), List.class)
                        .build())
                .addMethod(factory(outline.result(), "refused", PROBLEMS, "problems", "at least one reason", "Refusal.")
                        .addStatement("return new $T(false, $T.of(), problems)", outline.result(), Map.class)
                        .build())
                .build();
    }

    private static MethodSpec compact(String doc, CodeBlock body) {
        return MethodSpec.compactConstructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("$L\n", doc)
                .addCode(body)
                .build();
    }

    private static MethodSpec.Builder factory(
            ClassName result, String name, TypeName parameterType, String parameter, String meaning, String doc) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("$L\n\n@param $L $L\n@return the result\n", doc, parameter, meaning)
                .addParameter(parameterType, parameter)
                .returns(result);
    }
}
