using System.Buffers.Text;
using System.Collections;
using System.Text;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Reports.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Every list, by pages: nothing is lost, nothing comes twice, and a page or token that cannot be is refused.</summary>
[Collection(OneTown.Name)]
public sealed class ListsTests(Town town)
{
    /// <summary>Lists that have a token for their next page.</summary>
    public static TheoryData<string> Names => [.. Lists.Select(rpc => rpc.Name)];

    private static IEnumerable<Rpc> Lists => Rpc.Reads.Where(rpc => rpc.Name.StartsWith("List", StringComparison.Ordinal) && rpc.Method.InputType.FindFieldByName("page_token") is not null);

    [Fact]
    public void Lists_OfTheContracts_AreFound() => Assert.True(Lists.Count() >= 8);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task List_ByPagesOfOne_IsTheSameAsWhole(string name)
    {
        await town.QuietAsync();
        // The shares of a run are at the body that recorded it.
        foreach (var body in town.Federation.Topology.Bodies.Select(body => body.Id).Where(body => name != "ListAllocationShares" || body == Durham))
        {
            var (whole, end) = await PageAsync(name, body, 0, "");
            var (paged, token) = (new List<object>(), "");
            do
            {
                (var page, token) = await PageAsync(name, body, 1, token);
                Assert.InRange(page.Count, token.Length > 0 ? 1 : 0, 1);
                paged.AddRange(page);
            }
            while (token.Length > 0);

            Assert.Equal("", end);
            Assert.Equal(whole, paged);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_ThatIsTooLarge_IsRefusedAndNotCut(string name)
    {
        foreach (var size in new[] { -1, int.MinValue, 1_001, int.MaxValue })
            Assert.Equal(["page_size"], (await MalformedAsync(name, size, "")).Fields);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Token_ThatWasNotGivenForTheList_IsRefused(string name)
    {
        string[] wrong = ["nonsense", "$", Token("ListNothing 1"), Token(name), Token(name == "ListLots" ? "ListTransfers 0" : "ListLots 0"), new string('A', 201)];
        foreach (var token in wrong)
            Assert.Equal(["page_token"], (await MalformedAsync(name, 1, token)).Fields);
    }

    [Theory]
    [InlineData("ListLots", "99999")]
    [InlineData("ListLots", "-1")]
    [InlineData("ListTransfers", "x")]
    [InlineData("ListPayments", "99999")]
    public async Task Token_OfAPlaceThatNeverWas_IsRefused(string name, string place) =>
        Assert.Equal(["page_token"], (await MalformedAsync(name, 1, Token($"{name} {place}"))).Fields);

    private async Task<(List<object> Items, string NextToken)> PageAsync(string name, string body, int size, string token)
    {
        var reply = await Rpc.Named(name).CallAsync(town.Federation.ToBody(body), Request(name, body, size, token));
        var items = reply.Descriptor.Fields.InDeclarationOrder().First(field => field.IsRepeated);
        return ([.. ((IEnumerable)items.Accessor.GetValue(reply)).Cast<object>()], (string)reply.Descriptor.FindFieldByName("next_page_token").Accessor.GetValue(reply));
    }

    private async Task<Failure> MalformedAsync(string name, int size, string token)
    {
        var failure = await Failure.OfAsync(() => Rpc.Named(name).CallAsync(town.Federation.ToBody(Easington), Request(name, Easington, size, token)));
        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED"), (failure.Code, failure.Reason));
        return failure;
    }

    private IMessage Request(string name, string body, int size, string token)
    {
        var rpc = Rpc.Named(name);
        var request = name switch
        {
            "ListReceivedReports" => new ListReceivedReportsRequest { Body = body, Fund = Officers.FundId },
            "ListFundTerms" => new ListFundTermsRequest { Body = body, Fund = Officers.FundId },
            "ListAllocationShares" => new ListAllocationSharesRequest { Body = body, Allocation = town.Allocation },
            _ => rpc.Empty(body),
        };
        rpc.Method.InputType.FindFieldByName("page_size").Accessor.SetValue(request, size);
        rpc.Method.InputType.FindFieldByName("page_token").Accessor.SetValue(request, token);
        return request;
    }

    private static string Token(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
