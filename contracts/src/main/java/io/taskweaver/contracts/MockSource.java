package io.taskweaver.contracts;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.lang.model.element.Modifier;

/** Generates the mock of a component: it records calls, and returns configured answers or else its input. */
final class MockSource {
    private MockSource() {}

    static String of(ContractOutline outline) {
        var mock = ClassName.get(outline.packageName(), outline.mockName());
        var call = mock.nestedClass(ContractOutline.RECORDED_CALL);
        var calls = ParameterizedTypeName.get(ClassName.get(List.class), call);
        var answers =
                ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), outline.result());
        var type = TypeSpec.classBuilder(mock)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(outline.type())
                .addJavadoc("Replaces {@link $T} until it is implemented. Thread-safe.\n", outline.type())
                .addField(FieldSpec.builder(calls, "calls", Modifier.PRIVATE, Modifier.FINAL)
                        .initializer("new $T<>()", CopyOnWriteArrayList.class)
                        .build())
                .addField(FieldSpec.builder(answers, "answers", Modifier.PRIVATE, Modifier.FINAL)
                        .initializer("new $T<>()", ConcurrentHashMap.class)
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PUBLIC)
                        .addJavadoc("A mock that accepts everything.\n")
                        .build())
                .addMethod(answering(outline, mock))
                .addMethod(MethodSpec.methodBuilder("calls")
                        .addModifiers(Modifier.PUBLIC)
                        .addJavadoc("All calls so far.\n\n@return calls in the order of their arrival\n")
                        .returns(calls)
                        .addStatement("return $T.copyOf(calls)", List.class)
                        .build());
        for (var method : outline.methods()) type.addMethod(operation(outline, method));
        type.addMethod(answer(outline, call));
        type.addType(recordedCall());
        return InterfaceSource.source(outline, type.build());
    }

    private static MethodSpec answering(ContractOutline outline, ClassName mock) {
        return MethodSpec.methodBuilder("answering")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Sets the answer of an operation from now on.\n\n")
                .addJavadoc("@param operation name of the operation\n@param answer computes the result\n")
                .addJavadoc("@return this mock\n")
                .addParameter(String.class, "operation")
                .addParameter(outline.result(), "answer")
                .returns(mock)
                .addStatement("answers.put(operation, answer)")
                .addStatement("return this")
                .build();
    }

    private static MethodSpec operation(ContractOutline outline, ContractOutline.Method method) {
        return MethodSpec.methodBuilder(method.name())
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(method.request(), "request")
                .returns(outline.result())
                .addStatement("$T.requireNonNull(request, $S)", Objects.class, "request")
                .addStatement("return answer($S, request, request.fields())", method.name())
                .build();
    }

    /** An answer that a caller can continue with: its input, and an id if the input has none. */
    private static MethodSpec answer(ContractOutline outline, ClassName call) {
        return MethodSpec.methodBuilder("answer")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(String.class, "operation")
                .addParameter(Object.class, "request")
                .addParameter(InterfaceSource.FIELDS, "fields")
                .returns(outline.result())
                .addStatement("calls.add(new $T(operation, request))", call)
                .addStatement("$T settled = answers.get(operation)", outline.result())
                .addStatement("if (settled != null) return settled")
                .addStatement("$T plausible = new $T<>(fields)", InterfaceSource.FIELDS, LinkedHashMap.class)
                .addStatement("plausible.putIfAbsent($S, operation + $S + calls.size())", "id", "-")
                .addStatement("return $T.done(plausible)", outline.result())
                .build();
    }

    private static TypeSpec recordedCall() {
        return TypeSpec.recordBuilder(ContractOutline.RECORDED_CALL)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("One call.\n\n@param operation name of the operation\n@param request the input\n")
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(String.class, "operation")
                        .addParameter(Object.class, "request")
                        .build())
                .build();
    }
}
