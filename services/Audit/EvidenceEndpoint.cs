using System.Text;

namespace FundingFlows.Audit;

/// <summary>Serves the file that proves to anyone that a body told two histories.</summary>
internal static class EvidenceEndpoint
{
    /// <summary>Of an epoch, or of the newest one of which there is any.</summary>
    public static void MapEvidence(this WebApplication app) => app.MapGet("/v1/audit/bodies/{body}/evidence", (string body, uint? epoch, IWitnessStore remembered) =>
        remembered.Quarantines(body).LastOrDefault(quarantine => quarantine.Evidence is not null && (epoch is null || quarantine.Journal.Epoch == epoch))?.Evidence is { } evidence
            ? Results.Text(evidence, "text/plain", Encoding.UTF8)
            : Results.Problem($"Nothing is known here that proves that {body} told two histories.", statusCode: StatusCodes.Status404NotFound));
}
