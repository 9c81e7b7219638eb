package io.taskweaver.access;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/** Adds common errors to each operation of the OpenAPI document. */
public class ApiDescription implements OASFilter {
    private static final Map<String, String> PROBLEMS = new TreeMap<>(Map.of(
            "400", "The request is invalid; the detail names the place",
            "401", "No valid token",
            "403", "Insufficient role, or a request from another origin",
            "406", "Accept excludes application/json",
            "503", "The service is not ready, or overloaded; Retry-After may say when to retry"));
    private static final Map<String, String> PROBLEMS_OF_BODIES = new TreeMap<>(Map.of(
            "408", "The body arrived too slowly",
            "413", "The body, or a text in it, is too large; the detail names the limit",
            "415", "The body is not application/json"));

    @Override
    public Operation filterOperation(Operation operation) {
        PROBLEMS.forEach((status, description) -> add(operation, status, description));
        if (operation.getRequestBody() != null)
            PROBLEMS_OF_BODIES.forEach((status, description) -> add(operation, status, description));
        return operation;
    }

    private static void add(Operation operation, String status, String description) {
        var responses = operation.getResponses();
        if (responses == null || responses.hasAPIResponse(status)) return;
        responses.addAPIResponse(status, problem(description));
    }

    private static org.eclipse.microprofile.openapi.models.responses.APIResponse problem(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        // The address differs at each start.
        api.setServers(null);
    }
}
