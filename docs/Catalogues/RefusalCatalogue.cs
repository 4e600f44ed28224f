using System.Reflection;
using FundingFlows.Contracts.Journal.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using FundingFlows.Tiers;

namespace FundingFlows.Catalogues;

/// <summary>All reasons for which something is refused or fails, in the order in which they are looked at.</summary>
internal static class RefusalCatalogue
{
    private const string About = """
        A refusal names its reason, which is stable, in `google.rpc.ErrorInfo`, and says in a sentence what is wrong. The first broken rule is the
        refusal, in the order of each table, and nothing has changed. *Later* says whether the same command may be accepted later, without being altered.
        How errors look on the wire is in [api.md](api.md).
        """;

    private const string Fixed = """
        These may end any call. The gateway itself says `MALFORMED`, `NOT_HERE` and, for a body that does not answer, `UNREACHABLE` (UNAVAILABLE).
        """;

    public static string Text(RpcCommands rpcs)
    {
        var page = new Markdown("Catalogue of refusals", About.ReplaceLineEndings("\n"));
        page.Heading(2, "Of any command").Paragraph(
            "Every command is checked for its id before anything else. Whether an entry can hold what it would record is looked at behind its own rules.");
        AddTable(page, typeof(CommandRefusal));
        page.Heading(3, Words(nameof(BodyRefusal))).Paragraph(Summaries.Of(typeof(BodyRefusal)));
        AddTable(page, typeof(BodyRefusal));
        var given = rpcs.ByRefusals().ToList();
        foreach (var area in given.GroupBy(one => one.Methods[0].Service))
        {
            page.Heading(2, Words(area.Key.Name)).Paragraph(area.Key.Comment());
            foreach (var (refusals, methods) in area)
                AddCommand(page, refusals, $"Given by {string.Join(" and ", methods.Select(method => $"`{method.FullName}`"))}.");
        }
        page.Heading(2, "Between bodies");
        foreach (var refusals in Enumerations().Except([typeof(BodyRefusal), .. given.Select(one => one.Refusals)]))
            AddCommand(page, refusals, "No method gives it: bodies do this by themselves.");
        var answers = ContractDescriptors.Files().SelectMany(file => file.EnumTypes).Single(type => type.Name == nameof(DeliveryRefusal));
        page.Heading(3, answers.Name).Paragraph(answers.Comment()).Table(
            ["reason", "when"], answers.Values.Where(value => value.Number != 0).Select(value => (string[])[$"`{value.Name}`", value.Comment() ?? ""]));
        page.Heading(2, "Whatever a call asks for").Paragraph(Fixed.ReplaceLineEndings("\n")).Table(
            ["reason", "status", "when"],
            Enum.GetValues<FailureReason>().Select(reason => (string[])[$"`{Refusal.Written($"{reason}")}`", Refusal.Written($"{Errors.CodeOf(reason)}"), Summaries.Of(typeof(FailureReason), $"{reason}")]));
        return page.ToString();
    }

    private static void AddCommand(Markdown page, Type refusals, string by)
    {
        page.Heading(3, Words(refusals.Name)).Paragraph(Summaries.Of(refusals)).Paragraph(by);
        AddTable(page, refusals);
    }

    private static void AddTable(Markdown page, Type refusals) => page.Table(
        ["", "reason", "status", "later", "when"],
        Enum.GetNames(refusals).Select((name, place) =>
        {
            var rule = refusals.GetField(name)!.GetCustomAttribute<RefusesAttribute>()!;
            return (string[])
            [
                $"{place + 1}", $"`{Refusal.ReasonOf(refusals, name)}`", Refusal.Written($"{Errors.CodeOf(rule.Sort)}"),
                rule.LaterMayHelp ? "may help" : "", Summaries.Of(refusals, name),
            ];
        }));

    /// <summary>The enumerations of all commands of the rules.</summary>
    private static IEnumerable<Type> Enumerations() => typeof(Refusal).Assembly.GetTypes()
        .Where(type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal)).OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary><c>MakePaymentRefusal</c> is "Make payment".</summary>
    private static string Words(string name)
    {
        var words = Refusal.Written(name).Split('_')[..^1];
        return string.Join(' ', words.Select((word, place) => place == 0 ? word[0] + word[1..].ToLowerInvariant() : word.ToLowerInvariant()));
    }
}
