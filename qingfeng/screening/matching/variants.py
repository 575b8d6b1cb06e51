"""Variant characters 异体字 beyond those that cleaning folds: what clerks and old papers write for one another.

Cleaning folds what *is* one character, for keys must be exact. Here stand also forms that people keep in their names
and surnames that offices mix up (闫 and 阎, 付 and 傅): a score may weigh what a key must not equate.
In each group the first character stands for all.
"""

from __future__ import annotations

from qingfeng.screening.cleaning.variants import VARIANTS

GROUPS = """
升昇陞 坤堃 华崋 闫阎 付傅 肖萧 强彊 艳艷豔 学斈 刚剛 斌彬 亚亞 伦倫 俊儁雋 冲衝沖 刘鎦 创創
剑劍劒 勋勛 勤懃 厉厲 发髮 员員 咏詠 喜憙 团團 园園 图圖 坛壇 坚堅 垒壘 备備 复復複 奋奮
妇婦 娄婁 娇嬌 娴嫻嫺 实實 宪憲 宫宮 宽寬 导導 尧堯 岗崗 岛島 岭嶺 峡峽 崇崈 嵘嶸 巩鞏 币幣
师師 帅帥 带帶 干乾幹 广廣 庄莊 应應 异異 弘宏 弥彌 归歸 彦彥 彻徹 征徵 径徑 德惪悳 怀懷
态態 恒恆 恳懇 恺愷 惠恵 悦悅 惊驚 愿願 戏戲 战戰 户戶 扬揚 抚撫 报報 择擇 挥揮 据據 换換
携攜 敏勄 数數 斗鬥 断斷 无無 旷曠 昙曇 显顯 暂暫 朴樸 条條 来來 杰桀 松鬆枩 极極 构構 枢樞
枣棗 枫楓 柏栢 栋棟 标標 样樣 桩樁 检檢 楼樓 榆楡 槟檳 欧歐 欣忻訢 毕畢 气氣 汉漢 汇匯彙
沈瀋 沟溝 沣灃 沧滄 泉湶 泪淚 洁絜 洒灑 浇澆 浓濃 浔潯 浙淛 浩澔 涌湧 淀澱 渊淵 游遊 湾灣
满滿 潜潛 澜瀾 炉爐 点點 炼煉鍊 烁爍 烛燭 热熱 煊暄 照炤曌 熙熈煕 爷爺 牍牘 牵牽 状狀 独獨
玑璣 玛瑪 珏玨 珑瓏 琅瑯 琏璉 璎瓔 瓒瓚 畅暢 畲畬 疗療 皑皚 盖蓋 盘盤 盐鹽 明眀 睁睜 睦穆
码碼 砚硯 确確 祃禡 祯禎 祷禱 祸禍 离離 种種 称稱 穗穂 穷窮 窦竇 竞競 笺箋 笼籠 筑築 筝箏
签簽籤 粮糧 紧緊 纳納 纵縱 纷紛 纹紋 纺紡 线線 练練 组組 细細 终終 绘繪 给給 络絡 绝絕 统統
绢絹 续續 绮綺 绵綿 绸綢 缃緗 缇緹 编編 缘緣 缨纓 缪繆 罢罷 翘翹 耀燿曜 联聯 肠腸 肤膚 胡衚
胶膠 脱脫 腾騰 舆輿 舰艦 芸蕓 苇葦 苍蒼 苹蘋 茎莖 荐薦 荆荊 荟薈 荡蕩 药藥 萍蓱 营營 蔼藹
蕴蘊 虑慮 虚虛 虽雖 虾蝦 蚁蟻 蚕蠶 蛮蠻 补補 袭襲 裤褲 见見 观觀 规規 视視 览覽 觉覺 誉譽
计計 订訂 认認 让讓 议議 讲講 论論 访訪 评評 诉訴 词詞 译譯 试試 话話 诞誕 诠詮 询詢 详詳
说說 请請 读讀 谅諒 谈談 谊誼 谋謀 谐諧 谓謂 谦謙 谨謹 谷穀 贝貝 负負 贡貢 责責 败敗 货貨
质質 贫貧 购購 贴貼 资資 赋賦 赏賞 赐賜 赛賽 赞讚 赟贇 赠贈 赢贏 跃躍 践踐 转轉 轲軻 轶軼
载載 轻輕 较較 辅輔 辈輩 辑輯 输輸 边邊 迁遷 过過 迈邁 迟遲 逊遜 通仝 邬鄔 邱丘坵 邵卲 郎郞
郏郟 酱醬 释釋 里裡裏 钊釗 钓釣 钗釵 钟鐘锺 钥鑰 钦欽 铁鉄 铃鈴 铎鐸 铜銅 铝鋁 铨銓 铸鑄
铺鋪 链鏈 销銷 锁鎖 错錯 锡錫 键鍵 锵鏘 锷鍔 镇鎭 镶鑲 闪閃 问問 闯闖 闲閒 闻聞 闽閩 阵陣
陇隴 险險 随隨 隐隱 雏雛 雾霧 霁霽 霞赮 韧韌 韬韜 韵韻 顶頂 颂頌 预預 颇頗 颈頸 频頻 额額
飘飄 饶饒 驰馳 驹駒 驻駐 驾駕 骁驍 骄驕 验驗 骐騏 骞騫 鱼魚 鲜鮮 鸟鳥 鸡雞 鸥鷗 鹃鵑 鹅鵝
鹰鷹 龄齡 姗姍 娘孃 凯凱 凭憑 击擊 劲勁 劳勞 势勢 区區 医醫 单單 占佔 历歷曆 压壓 参參 县縣
变變 听聽 呈珵 场場塲 块塊 坝壩 坟墳 垦墾 墙牆 处處 够夠 奖獎 奂奐 对對 将將 尘塵 尝嘗 层層
属屬 帆颿 庙廟 庐廬 弯彎 恋戀 惩懲 托託 扩擴 扫掃 拥擁
"""


def _folding() -> dict[str, str]:
    """Each variant with the character that stands for it; cleaning's own pairs hold first."""
    folding = dict(VARIANTS)
    for group in GROUPS.split():
        chief = folding.get(group[0], group[0])
        for variant in group[1:]:
            if variant != chief:
                folding.setdefault(variant, chief)
    return {variant: folding.get(chief, chief) for variant, chief in folding.items()}


FOLDING = _folding()


def fold(text: str) -> str:
    """The text with each variant character replaced by the one that stands for it."""
    return "".join(FOLDING.get(character, character) for character in text)
