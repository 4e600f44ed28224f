namespace FundingFlows.Local;

/// <summary>The projects that invented bills are for.</summary>
internal static class Projecting
{
    /// <summary>Registers the project of a bill. Answers with its id.</summary>
    public static async Task<string> ProjectAsync(this Office office, string body, Bill bill, CancellationToken cancellation)
    {
        var registered = await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Projects.RegisterProjectAsync(bill.Project(body, office.CommandId($"project {body} {bill.Step}")), options), cancellation);
        return registered.Project.Id;
    }
}
