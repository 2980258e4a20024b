using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Tests.Security;

public sealed class RoleOrderTests
{
    [Fact]
    public void Includes_EveryPairOfRoles_FollowsTheLadder()
    {
        for (var held = 0; held < Roles.All.Count; held++)
        {
            for (var wanted = 0; wanted < Roles.All.Count; wanted++)
            {
                Assert.Equal(held >= wanted, RoleOrder.Includes(Roles.All[held], Roles.All[wanted]));
            }
        }
    }

    [Theory]
    [InlineData(null, Roles.Viewer)]
    [InlineData("administrator", Roles.Viewer)]
    [InlineData(Roles.Administrator, "Emperor")]
    [InlineData("Emperor", "Emperor")]
    public void Includes_UnknownRole_IsFalse(string? held, string wanted) =>
        Assert.False(RoleOrder.Includes(held, wanted));

    [Fact]
    public void Highest_SeveralRoles_IsTheStrongestKnown()
    {
        Assert.Equal(Roles.Operator, RoleOrder.Highest([Roles.Viewer, Roles.Operator, "Emperor"]));
        Assert.Null(RoleOrder.Highest(["Emperor"]));
    }
}
