using System.Text.RegularExpressions;

namespace FundingFlows.Tiers.Tests;

/// <summary>Who may give which command: the role that its contract names, at the very body, and nobody else.</summary>
public sealed class RoleTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [MemberData(nameof(Commands.Names), MemberType = typeof(Commands))]
    public async Task Command_ByAnyOtherRole_IsRefusedAndByItsOwnAccepted(string command)
    {
        var example = Commands.Of(command, town);
        var before = await town.QuietAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            if (!Serves(role, example))
                await RefusedAsync(example, town.As(example.Body, role));
            foreach (var elsewhere in town.Federation.Topology.Bodies.Where(body => body.Id != example.Body))
                await RefusedAsync(example, town.As(elsewhere.Id, role));
        }
        await RefusedAsync(example, town.As(example.Body));
        Assert.Equal(before, town.Sizes());

        await example.SendAsync(town);
        if (command != "EraseDocument")
            Assert.True(town.Sizes()[example.Body] > before[example.Body]);
    }

    [Theory]
    [MemberData(nameof(Commands.Names), MemberType = typeof(Commands))]
    public async Task Command_ByATreasurerOrChair_IsTakenAtForumsAlone(string command)
    {
        var needs = Commands.Of(command, town).Needs;
        if (needs is not (Role.ChiefFinanceOfficer or Role.Approver))
            return;
        var stands = needs == Role.Approver ? Role.Chair : Role.Treasurer;
        foreach (var body in town.Federation.Topology.Bodies)
        {
            var rpc = Rpc.Named(command);
            var failure = await Failure.OfAsync(() => rpc.CallAsync(town.Federation.ToBody(body.Id), rpc.Empty(body.Id), town.As(body.Id, stands)));
            Assert.Equal(body.Tier == Tier.NeighbourhoodForum ? StatusCode.InvalidArgument : StatusCode.PermissionDenied, failure.Code);
        }
    }

    [Fact]
    public void Table_OfCommands_HoldsEveryOneOfTheContracts() =>
        Assert.Equal(Rpc.Commands.Select(rpc => rpc.Name).Order(), Commands.Names.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Commands.Names), MemberType = typeof(Commands))]
    public void Contract_OfACommand_NamesItsRole(string command)
    {
        var needs = Roles.Name(Commands.Of(command, town).Needs).Replace('-', ' ');
        var comment = Protos().Select(proto => CommentOf(command).Match(proto)).Single(found => found.Success).Groups["comment"].Value;
        Assert.Contains("Role: " + needs, comment, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(Example example, Metadata headers)
    {
        var failure = await Failure.OfAsync(() => example.SendAsync(town, headers));
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NEEDED", "fundingflows"), (failure.Code, failure.Reason, failure.Info!.Domain));
    }

    private static bool Serves(Role role, Example example) => example.AlsoBy.Append(example.Needs).Any(needs =>
        role == needs || (example.Tier == Tier.NeighbourhoodForum && (role, needs) is (Role.Treasurer, Role.ChiefFinanceOfficer) or (Role.Chair, Role.Approver)));

    private static Regex CommentOf(string rpc) => new($@"(?<comment>(?:^\s*//.*\n)*)\s*rpc {rpc}\(", RegexOptions.Multiline);

    private static IEnumerable<string> Protos()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FundingFlows.sln")))
            root = root.Parent!;
        return Directory.GetFiles(Path.Combine(root.FullName, "services/shared/Contracts/protos"), "*_service.proto", SearchOption.AllDirectories).Select(File.ReadAllText);
    }
}
