package io.taskweaver.context;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextImport;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Contexts that were exported come back. */
@Path("/api/contexts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contexts")
public class ImportResource {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_EARLY = 425;

    private final ContextChanges changes;

    @Inject
    ImportResource(ContextChanges changes) {
        this.changes = changes;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "importContext",
            summary = "Import the contexts of a plan that were exported",
            description =
                    "All of it is imported, or nothing. The answer is sent when it is stored on its topic; the contexts"
                            + " can be read shortly after.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(schema = @Schema(implementation = ContextChanges.AcceptedContext.class)))
    @APIResponse(responseCode = "409", ref = "Problem")
    public Response take(@Nullable JsonNode body, @Context UriInfo uri) {
        if (body == null) return HttpReplies.invalid("The body is missing.", "Send an export.");
        try {
            var document = ContextDocument.read(body);
            var events = ContextImport.events(document, Instant.now());
            var there = changes.known(document.plan(), uri);
            return switch (there.getStatus()) {
                case NOT_FOUND, GONE -> changes.accepted(document.plan(), events);
                case OK, TOO_EARLY ->
                    HttpReplies.conflict(
                            "Plan " + document.plan() + " already has contexts.",
                            "Clear them first: DELETE /api/plans/" + document.plan() + "/context.");
                default -> there;
            };
        } catch (ContextDocument.Unusable e) {
            return HttpReplies.invalid(String.valueOf(e.getMessage()), e.hint());
        } catch (IOException e) {
            return HttpReplies.unavailable("the disk cannot be used: " + e.getMessage());
        }
    }
}
