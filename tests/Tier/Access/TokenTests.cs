using System.Buffers.Text;
using System.Text;
using FundingFlows.Contracts.Documents.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whose word is taken: nobody's without a token that the issuer signed for this audience and that is of now.</summary>
public sealed class TokenTests(Town town) : IClassFixture<Town>
{
    private const string Audience = "fundingflows";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> Wrong =>
    [
        "none", "empty", "no JWT", "other scheme", "other issuer", "other audience", "expired", "not yet valid", "other key", "altered", "unsigned", "no subject",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Command_WithAWrongToken_IsUnauthenticatedAndLeavesNoEntry(string what)
    {
        var example = Commands.Of("MakePayment", town);
        var before = await town.QuietAsync();

        var failure = await Failure.OfAsync(() => example.SendAsync(town, Headers(what)));

        Assert.Equal((StatusCode.Unauthenticated, "UNAUTHENTICATED", "fundingflows"), (failure.Code, failure.Reason, failure.Info!.Domain));
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task Command_WithTheRightToken_IsAcceptedAsTheProofThatOnlyTheTokenWasWrong()
    {
        var before = await town.QuietAsync();
        await Commands.Of("MakePayment", town).SendAsync(town, Officers.With(Good(Hour)));
        Assert.Equal(before[Easington] + 1, town.Sizes()[Easington]);
    }

    [Theory]
    [MemberData(nameof(Commands.Names), MemberType = typeof(Commands))]
    public async Task AnyCommand_WithoutAToken_IsUnauthenticatedAndLeavesNoEntry(string command)
    {
        var example = Commands.Of(command, town);
        var before = await town.QuietAsync();
        Assert.Equal(StatusCode.Unauthenticated, (await Failure.OfAsync(() => example.SendAsync(town, headers: null))).Code);
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task PrivateDocument_WithoutAToken_IsUnauthenticatedWhetherItIsThereOrNot()
    {
        foreach (var document in new[] { town.Payment.NarrativeDocument, new string('0', 64) })
        {
            var request = new GetDocumentRequest { Body = Easington, Document = document };
            var failure = await Failure.OfAsync(() => Rpc.Named("GetDocument").CallAsync(town.Federation.ToBody(Easington), request));
            Assert.Equal(StatusCode.Unauthenticated, failure.Code);
        }
    }

    private Metadata? Headers(string what) => what switch
    {
        "none" => null,
        "empty" => Officers.With(""),
        "no JWT" => Officers.With("something"),
        "other scheme" => new Metadata { { "authorization", "Basic " + Good(Hour) } },
        "other issuer" => Officers.With(Sign("https://elsewhere.invalid", Audience)),
        "other audience" => Officers.With(Sign(TestIssuer.Name, "somebody-else")),
        // Beyond what clocks may differ by.
        "expired" => Officers.With(Good(TimeSpan.FromMinutes(-1))),
        "not yet valid" => Officers.With(town.Federation.Issuer.Sign(TestIssuer.Name, Audience, TimeSpan.FromMinutes(1), Hour, "someone", Preparer)),
        "other key" => Officers.With(new TestIssuer().Token(Easington, Role.Preparer)),
        "altered" => Officers.With(Altered(town.Federation.Issuer.Token(Horden, Role.Preparer))),
        "unsigned" => Officers.With(Unsigned(Good(Hour))),
        "no subject" => Officers.With(town.Federation.Issuer.Sign(TestIssuer.Name, Audience, -Hour, Hour, "", Preparer)),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static string[] Preparer => [Roles.Written(Easington, Role.Preparer)];

    private string Good(TimeSpan until) => town.Federation.Issuer.Sign(TestIssuer.Name, Audience, -Hour, until, "someone", Preparer);

    private string Sign(string issuer, string audience) => town.Federation.Issuer.Sign(issuer, audience, -Hour, Hour, "someone", Preparer);

    /// <summary>A token whose role is moved to another body, under the signature of before.</summary>
    private static string Altered(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace(Horden, Easington, StringComparison.Ordinal);
        return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }

    private static string Unsigned(string token) =>
        $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{token.Split('.')[1]}.";
}
