using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Pages of payments while payments go on.</summary>
public sealed class PaymentPagesTests
{
    [Fact]
    public async Task Payments_ByPagesWhileNewOnesArrive_AreNeitherRepeatedNorLost()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation[Forum].IsDown = true;
        federation.PlayFourTiers();
        for (var i = 0; i < 6; i++)
            federation.Pay(i % 2 == 0 ? Central : Council, Kind.Capital, 1_00 + i);
        // The forum's payment is older than what is listed by now, and is only heard of in the middle.
        federation[Forum].Shown = federation[Forum].Size - 1;
        federation[Forum].IsDown = false;
        await auditing.ReconciledAsync();
        var before = (await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments.Select(payment => payment.Id).ToList();

        var seen = new List<AuditedPayment>();
        var token = "";
        do
        {
            var page = await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest { PageSize = 2, PageToken = token });
            seen.AddRange(page.Payments);
            token = page.NextPageToken;
            federation.Pay(Central, Kind.Capital, 2_00);
            federation[Forum].Shown = long.MaxValue;
            await auditing.ReconciledAsync();
        }
        while (token.Length > 0);

        Assert.Equal(7, before.Count);
        Assert.Equal(8, seen.Count);
        Assert.Equal(before, seen.Where(payment => payment.Body != Forum).Select(payment => payment.Id));
        Assert.Equal(seen.Select(payment => payment.RecordedAt.ToDateTimeOffset()).OrderDescending(), seen.Select(payment => payment.RecordedAt.ToDateTimeOffset()));
    }
}
