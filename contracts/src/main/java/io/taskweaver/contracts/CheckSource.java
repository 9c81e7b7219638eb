package io.taskweaver.contracts;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Checks that any implementation of a component has to pass, whoever wrote it. */
final class CheckSource {
    private static final ParameterizedTypeName VIOLATIONS = ParameterizedTypeName.get(List.class, String.class);

    private CheckSource() {}

    static String of(ContractOutline outline) {
        var type = TypeSpec.classBuilder(outline.checkName())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("Checks that every implementation of {@link $T} has to pass. ", outline.type())
                .addJavadoc("Needs only the JDK:\ncall it from a test of any framework.\n")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(violations(outline));
        for (var method : outline.methods()) type.addMethod(check(outline, method));
        if (!outline.methods().isEmpty()) type.addMethod(answersAndRefusesNull(outline));
        return InterfaceSource.source(outline, type.build());
    }

    private static MethodSpec violations(ContractOutline outline) {
        var method = MethodSpec.methodBuilder("violations")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("Calls every operation with an empty request and without one.\n\n")
                .addJavadoc("@param candidate an implementation that may be called freely\n")
                .addJavadoc("@return violations of the contract, for people; empty if there are none\n")
                .addParameter(outline.type(), "candidate")
                .returns(VIOLATIONS)
                .addStatement("$T violations = new $T<>()", VIOLATIONS, ArrayList.class);
        for (var operation : outline.methods())
            method.addStatement("$LIsKept(candidate, violations)", operation.name());
        return method.addStatement("return violations").build();
    }

    private static MethodSpec check(ContractOutline outline, ContractOutline.Method method) {
        return MethodSpec.methodBuilder(method.name() + "IsKept")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(outline.type(), "candidate")
                .addParameter(VIOLATIONS, "violations")
                .addStatement(
                        "check($S, candidate::$L, new $T($T.of()), violations)",
                        method.name(),
                        method.name(),
                        method.request(),
                        Map.class)
                .build();
    }

    private static MethodSpec answersAndRefusesNull(ContractOutline outline) {
        var request = TypeVariableName.get("R");
        return MethodSpec.methodBuilder("check")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addTypeVariable(request)
                .addParameter(String.class, "operation")
                .addParameter(
                        ParameterizedTypeName.get(ClassName.get(Function.class), request, outline.result()), "call")
                .addParameter(request, "empty")
                .addParameter(VIOLATIONS, "violations")
                .beginControlFlow("try")
                .addStatement("if (call.apply(empty) == null) violations.add(operation + $S)", " returns null")
                .nextControlFlow("catch ($T e)", RuntimeException.class)
                .addStatement("violations.add(operation + $S + e)", " throws instead of refusing: ")
                .endControlFlow()
                .beginControlFlow("try")
                .addStatement("call.apply(null)")
                .addStatement("violations.add(operation + $S)", " takes null for a request")
                .nextControlFlow("catch ($T e)", NullPointerException.class)
                .addComment("as promised")
                .nextControlFlow("catch ($T e)", RuntimeException.class)
                .addStatement("violations.add(operation + $S + e)", " meets null with another exception: ")
                .endControlFlow()
                .build();
    }
}
