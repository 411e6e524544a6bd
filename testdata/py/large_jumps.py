# Jumps beyond 255 and beyond the first EXTENDED_ARG, both directions.
def forward(a):
    if a:
        a = a.attr0(0)
        a = a.attr1(1)
        a = a.attr2(2)
        a = a.attr3(3)
        a = a.attr4(4)
        a = a.attr5(5)
        a = a.attr6(6)
        a = a.attr0(7)
        a = a.attr1(8)
        a = a.attr2(9)
        a = a.attr3(10)
        a = a.attr4(11)
        a = a.attr5(12)
        a = a.attr6(13)
        a = a.attr0(14)
        a = a.attr1(15)
        a = a.attr2(16)
        a = a.attr3(17)
        a = a.attr4(18)
        a = a.attr5(19)
        a = a.attr6(20)
        a = a.attr0(21)
        a = a.attr1(22)
        a = a.attr2(23)
        a = a.attr3(24)
        a = a.attr4(25)
        a = a.attr5(26)
        a = a.attr6(27)
        a = a.attr0(28)
        a = a.attr1(29)
        a = a.attr2(30)
        a = a.attr3(31)
        a = a.attr4(32)
        a = a.attr5(33)
        a = a.attr6(34)
        a = a.attr0(35)
        a = a.attr1(36)
        a = a.attr2(37)
        a = a.attr3(38)
        a = a.attr4(39)
        a = a.attr5(40)
        a = a.attr6(41)
        a = a.attr0(42)
        a = a.attr1(43)
        a = a.attr2(44)
        a = a.attr3(45)
        a = a.attr4(46)
        a = a.attr5(47)
        a = a.attr6(48)
        a = a.attr0(49)
        a = a.attr1(50)
        a = a.attr2(51)
        a = a.attr3(52)
        a = a.attr4(53)
        a = a.attr5(54)
        a = a.attr6(55)
        a = a.attr0(56)
        a = a.attr1(57)
        a = a.attr2(58)
        a = a.attr3(59)
    else:
        a = None
    return a


def backward(n):
    while n:
        for i in n:
            n = n + i * 0
            n = n + i * 3
            n = n + i * 6
            n = n + i * 9
            n = n + i * 12
            n = n + i * 15
            n = n + i * 18
            n = n + i * 21
            n = n + i * 24
            n = n + i * 27
            n = n + i * 30
            n = n + i * 33
            n = n + i * 36
            n = n + i * 39
            n = n + i * 42
            n = n + i * 45
            n = n + i * 48
            n = n + i * 51
            n = n + i * 54
            n = n + i * 57
            n = n + i * 60
            n = n + i * 63
            n = n + i * 66
            n = n + i * 69
            n = n + i * 72
            n = n + i * 75
            n = n + i * 78
            n = n + i * 81
            n = n + i * 84
            n = n + i * 87
            n = n + i * 90
            n = n + i * 93
            n = n + i * 96
            n = n + i * 99
            n = n + i * 102
            n = n + i * 105
            n = n + i * 108
            n = n + i * 111
            n = n + i * 114
            n = n + i * 117
            n = n + i * 120
            n = n + i * 123
            n = n + i * 126
            n = n + i * 129
            n = n + i * 132
            n = n + i * 135
            n = n + i * 138
            n = n + i * 141
            n = n + i * 144
            n = n + i * 147
            n = n + i * 150
            n = n + i * 153
            n = n + i * 156
            n = n + i * 159
            n = n + i * 162
            n = n + i * 165
            n = n + i * 168
            n = n + i * 171
            n = n + i * 174
            n = n + i * 177
            n = n + i * 180
            n = n + i * 183
            n = n + i * 186
            n = n + i * 189
            n = n + i * 192
            n = n + i * 195
            n = n + i * 198
            n = n + i * 201
            n = n + i * 204
            n = n + i * 207
            if n:
                continue
            break
    return n


def handler(a):
    try:
        a(0, a[0])
        a(1, a[1])
        a(2, a[2])
        a(3, a[3])
        a(4, a[4])
        a(5, a[5])
        a(6, a[6])
        a(7, a[7])
        a(8, a[8])
        a(9, a[9])
        a(10, a[10])
        a(11, a[11])
        a(12, a[12])
        a(13, a[13])
        a(14, a[14])
        a(15, a[15])
        a(16, a[16])
        a(17, a[17])
        a(18, a[18])
        a(19, a[19])
        a(20, a[20])
        a(21, a[21])
        a(22, a[22])
        a(23, a[23])
        a(24, a[24])
        a(25, a[25])
        a(26, a[26])
        a(27, a[27])
        a(28, a[28])
        a(29, a[29])
        a(30, a[30])
        a(31, a[31])
        a(32, a[32])
        a(33, a[33])
        a(34, a[34])
        a(35, a[35])
        a(36, a[36])
        a(37, a[37])
        a(38, a[38])
        a(39, a[39])
    except ValueError:
        a = 0
    finally:
        print(a)
