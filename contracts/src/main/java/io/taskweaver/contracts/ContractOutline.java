package io.taskweaver.contracts;

import com.palantir.javapoet.ClassName;
import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.DistinctNames;
import java.util.List;

/**
 * A component as its contract shows it: every name settled, every text cleaned.
 *
 * @param name as the documents write it, on one line
 * @param description paragraphs, empty if nothing is known
 */
record ContractOutline(
        String packageName, String typeName, String name, List<String> description, int version, List<Method> methods) {

    /** Name of the nested record that every operation answers with. */
    static final String RESULT = "Result";

    /** Name of the mock's nested record of a call. */
    static final String RECORDED_CALL = "RecordedCall";

    /**
     * One operation.
     *
     * @param request simple name of the nested record that it takes
     * @param description paragraphs, empty if nothing is known
     */
    record Method(String name, ClassName request, List<String> description) {}

    static ContractOutline of(ComponentSpec spec, int version) {
        if (!ComponentNames.isPackageName(spec.basePackage()))
            throw new IllegalArgumentException("not a Java package name: '" + spec.basePackage() + "'");
        var packageName = ComponentNames.packageName(spec.basePackage(), spec.name());
        var typeName = ComponentNames.typeName(spec.name());
        var type = ClassName.get(packageName, typeName);
        var operations = new DistinctNames(List.of());
        var types = new DistinctNames(List.of(typeName, "Mock" + typeName, RESULT, RECORDED_CALL));
        var methods = spec.operations().stream()
                .map(operation -> {
                    var name = operations.of(ComponentNames.methodName(operation.name()));
                    var request = types.of(ComponentNames.capitalised(name) + "Request");
                    return new Method(name, type.nestedClass(request), Prose.paragraphs(operation.description()));
                })
                .toList();
        return new ContractOutline(
                packageName, typeName, Prose.line(spec.name()), Prose.paragraphs(spec.description()), version, methods);
    }

    String mockName() {
        return "Mock" + typeName;
    }

    String checkName() {
        return typeName + "Contract";
    }

    ClassName type() {
        return ClassName.get(packageName, typeName);
    }

    ClassName result() {
        return type().nestedClass(RESULT);
    }
}
